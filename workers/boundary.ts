import { execFile } from 'node:child_process';
import { dirname } from 'node:path';
import { promisify } from 'node:util';

/** A command and its arguments. */
export type Command = readonly [file: string, ...args: string[]];

/** What the operating system puts around a sandbox process. */
export interface Boundary {
  readonly name: 'bwrap' | 'unshare' | 'none';
  /** What it adds, in words. */
  readonly detail: string;
  /**
   * The command that runs another one inside.
   *
   * @param readable files and folders that it has to see, where the boundary hides the others
   */
  wrap(command: Command, readable: readonly string[]): Command;
}

/** How long a boundary may take to show that it works, in milliseconds. */
const PROBE_MS = 5_000;

/** Where programs and their libraries are; what of it there is. */
const SYSTEM_FOLDERS = ['/usr', '/bin', '/lib', '/lib32', '/lib64', '/etc/ld.so.cache'];

const bwrap: Boundary = {
  name: 'bwrap',
  detail: 'bwrap: namespaces of its own without a network, no file but those it reads, no capabilities',
  wrap: ([file, ...args], readable) => [
    'bwrap',
    ...['--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL'],
    ...SYSTEM_FOLDERS.flatMap((path) => ['--ro-bind-try', path, path]),
    ...['--proc', '/proc', '--dev', '/dev', '--dir', '/sandbox', '--chdir', '/sandbox'],
    ...['--ro-bind', dirname(file), dirname(file)],
    ...readable.flatMap((path) => ['--ro-bind-try', path, path]),
    ...['--', file, ...args],
  ],
};

function unshare(...inside: string[]): Boundary {
  return {
    name: 'unshare',
    detail: 'unshare: user, network, IPC and host name namespaces of its own; the network is empty',
    wrap: (command) => ['unshare', '--user', '--map-current-user', '--net', '--ipc', '--uts', ...inside, ...command],
  };
}

/** No privileges from files, and an end with the daemon even where the process hangs. */
const SETPRIV = ['setpriv', '--no-new-privs', '--pdeathsig', 'KILL'];

/** The strongest first. */
const BOUNDARIES: readonly Boundary[] = [
  bwrap,
  // Under root the capabilities of a new user namespace survive until they are dropped.
  unshare('--', ...SETPRIV, '--bounding-set=-all', '--inh-caps=-all'),
  unshare('--', ...SETPRIV),
  unshare('--'),
];

const NONE: Boundary = {
  name: 'none',
  detail: 'none: no bwrap, and no user namespaces for unshare',
  wrap: (command) => command,
};

const run = promisify(execFile);

async function works(boundary: Boundary): Promise<boolean> {
  const [file, ...args] = boundary.wrap([process.execPath, '--version'], []);
  try {
    await run(file, args, { timeout: PROBE_MS, killSignal: 'SIGKILL', env: pathOnly() });
    return true;
  } catch {
    return false;
  }
}

/** An environment in which the boundary's own command is found, and nothing else. */
export function pathOnly(): Record<string, string> {
  return { PATH: process.env.PATH ?? '/usr/bin:/bin' };
}

let found: Promise<Boundary> | undefined;

/** The strongest boundary that this machine has; tried once a process. */
export function findBoundary(): Promise<Boundary> {
  found ??= (async () => {
    if (process.platform !== 'linux') return NONE;
    for (const boundary of BOUNDARIES) if (await works(boundary)) return boundary;
    return NONE;
  })();
  return found;
}
