import { spawn } from 'node:child_process';

/** What git said it could not do. */
export class GitError extends Error {
  override readonly name = 'GitError';
}

/** Bytes of one answer of git. */
const MOST_OUTPUT = 512 * 1024 * 1024;

/** Settings under which git runs nothing of the repository's own choosing and changes nothing in it. */
const QUIET = [
  '-c',
  'core.fsmonitor=false',
  '-c',
  'core.quotepath=off',
  '-c',
  'core.hooksPath=/dev/null',
  '--no-pager',
];

/**
 * Runs git in a directory. The caller's environment stays, since a hook is told by it which index is meant.
 *
 * @throws {GitError} with git's own words where it fails, and where there is no git
 */
export function runGit(directory: string, args: readonly string[], input?: Buffer | string): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...QUIET, ...args], {
      cwd: directory,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0', LC_ALL: 'C' },
      stdio: 'pipe',
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    let size = 0;
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > MOST_OUTPUT) child.kill();
      else output.push(chunk);
    });
    child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
    child.on('error', (error: NodeJS.ErrnoException) => {
      reject(new GitError(error.code === 'ENOENT' ? 'git is not installed' : `git does not start (${error.code})`));
    });
    child.on('close', (code) => {
      if (size > MOST_OUTPUT) reject(new GitError(`git ${args[0]} answers with more than ${MOST_OUTPUT} bytes`));
      else if (code === 0) resolve(Buffer.concat(output));
      else reject(new GitError(messageOf(args, code, Buffer.concat(errors).toString())));
    });
    // Git may end before it has read everything; its exit code says why.
    child.stdin.on('error', () => {});
    child.stdin.end(input);
  });
}

function messageOf(args: readonly string[], code: number | null, errors: string): string {
  const [first = ''] = errors.trim().split('\n');
  return first === '' ? `git ${args[0]} ended with code ${code}` : first;
}

/** Fields of an answer that was asked for with `-z`. */
export function fields(output: Buffer): string[] {
  const text = output.toString();
  return text === '' ? [] : text.replace(/\0$/, '').split('\0');
}
