import { once } from 'node:events';
import type { Writable } from 'node:stream';

/** Writes data, and waits where the reader is slower than we are. */
export async function write(stream: Writable, text: string): Promise<void> {
  if (text === '') return;
  if (!stream.write(text)) await once(stream, 'drain');
}

/**
 * A reader that has seen enough (`assay trace … | head`) ends the program quietly. Everything that is left to do was
 * for that reader.
 */
export function endQuietlyOnBrokenPipe(streams: readonly Writable[]): void {
  for (const stream of streams) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EPIPE') process.exit();
      throw error;
    });
  }
}
