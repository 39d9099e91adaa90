import { spawn } from 'node:child_process';

/** How a solver's process ended. */
export type ProcessEnd =
  | { readonly kind: 'exited'; readonly stdout: string }
  /** It was ended because its time was over. */
  | { readonly kind: 'timeout' }
  /** It died, or printed more than is read. */
  | { readonly kind: 'died'; readonly detail: string };

const MAX_OUTPUT = 16_000_000;

/**
 * Runs a program with a text on its standard input, without the environment of this process.
 *
 * @throws the signal's reason where it fires; the system's error where the program cannot be started
 */
export async function runProcess(
  command: string,
  args: readonly string[],
  input: string,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<ProcessEnd> {
  signal?.throwIfAborted();
  const child = spawn(command, args, { env: {}, stdio: ['pipe', 'pipe', 'ignore'] });
  const { promise, resolve, reject } = Promise.withResolvers<ProcessEnd>();
  const end = (outcome: ProcessEnd) => {
    child.kill('SIGKILL');
    resolve(outcome);
  };
  const timer = setTimeout(() => end({ kind: 'timeout' }), ms);
  const cancel = () => {
    child.kill('SIGKILL');
    reject(signal?.reason);
  };
  signal?.addEventListener('abort', cancel, { once: true });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    if (stdout.length > MAX_OUTPUT) end({ kind: 'died', detail: 'it printed too much' });
  });
  child.on('error', reject);
  child.on('close', (code, killed) => {
    // Z3 exits with 1 where it printed an error, which is read from its output.
    if (code === null) resolve({ kind: 'died', detail: `it was ended by ${killed}` });
    else resolve({ kind: 'exited', stdout });
  });
  // The program may be gone before it has read all.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}
