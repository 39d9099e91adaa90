import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';

/** How one tool of the house ended. */
export interface ToolRun {
  readonly name: string;
  readonly passed: boolean;
  /** Standard output and standard error, as they came. */
  readonly output: string;
  /** Wall-clock milliseconds. */
  readonly ms: number;
}

/**
 * Runs a tool from `node_modules/.bin` and keeps what it prints.
 *
 * @param root the directory it runs in, which holds `node_modules`
 * @returns never rejects: a tool that cannot start has failed, with the reason as its output
 */
export function runTool(name: string, root: string, args: readonly string[]): Promise<ToolRun> {
  const started = performance.now();
  const { promise, resolve } = Promise.withResolvers<ToolRun>();
  const chunks: Buffer[] = [];
  const end = (passed: boolean) =>
    resolve({ name, passed, output: Buffer.concat(chunks).toString().trim(), ms: performance.now() - started });
  // The tools' own first line says `env node`: first in PATH is the Node that the project brings.
  const tools = join(root, 'node_modules/.bin');
  const child = spawn(join(tools, name), args, {
    cwd: root,
    env: { ...process.env, PATH: `${tools}${delimiter}${process.env.PATH ?? ''}` },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
  child.on('error', (error) => {
    chunks.push(Buffer.from(error.message));
    end(false);
  });
  child.on('close', (code) => end(code === 0));
  return promise;
}
