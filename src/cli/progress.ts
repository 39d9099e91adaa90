import type { WriteStream } from 'node:tty';

const PAUSE_MS = 100;
const ERASE_LINE = '\r\u001b[2K';

export interface Progress {
  /** One more is done. */
  step(): void;
  /** Takes the line away, before something else is written. */
  clear(): void;
}

/** One line on a terminal that says how far it is; it shows from the second item on. */
export function createProgress(stream: WriteStream, wanted: boolean, what = 'claims'): Progress {
  if (!wanted) return { step: () => {}, clear: () => {} };
  let done = 0;
  let shown = false;
  let last = performance.now();
  const clear = () => {
    if (shown) stream.write(ERASE_LINE);
    shown = false;
  };
  const step = () => {
    done++;
    const now = performance.now();
    if (done < 2 || now - last < PAUSE_MS) return;
    last = now;
    stream.write(`${ERASE_LINE}checked ${done} ${what} …`);
    shown = true;
  };
  return { step, clear };
}
