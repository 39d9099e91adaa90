import type { ChildProcess } from 'node:child_process';

/** Has a child end with this process, however this one ends. */
export function ownChild<T extends ChildProcess>(child: T): T {
  const end = () => child.kill('SIGKILL');
  process.once('exit', end);
  child.once('close', () => process.off('exit', end));
  return child;
}
