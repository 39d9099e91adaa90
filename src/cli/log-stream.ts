import type { Writable } from 'node:stream';

/**
 * A stream for a log. The lines of one turn of the event loop are written together: each write to a pipe or a terminal is
 * a system call that every request waits for. What is left is written when the process ends.
 */
export function logStream(target: Writable): { write(line: string): void } {
  let lines = '';
  const flush = (): void => {
    const text = lines;
    lines = '';
    if (text !== '') target.write(text);
  };
  process.once('exit', flush);
  return {
    write(line) {
      if (lines === '') setImmediate(flush);
      lines += line;
    },
  };
}
