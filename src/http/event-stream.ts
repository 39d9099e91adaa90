export const EVENT_STREAM_TYPE = 'text/event-stream';

/** A comment this often, in milliseconds, keeps proxies from taking a silent model for a dead connection. */
const HEARTBEAT_MS = 15_000;

/** Writes one server-sent event. JSON holds no line break, so that it is one line of data. */
export function toEvent(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** The same texts, with a comment whenever none has come for a while. Ending it ends what it reads. */
export async function* withHeartbeat(
  texts: AsyncGenerator<string>,
  everyMs: number = HEARTBEAT_MS,
): AsyncGenerator<string> {
  let timer: NodeJS.Timeout | undefined;
  try {
    let next = texts.next();
    for (;;) {
      const silence = new Promise<'silence'>((resolve) => {
        timer = setTimeout(resolve, everyMs, 'silence');
      });
      const found = await Promise.race([next, silence]);
      clearTimeout(timer);
      if (found === 'silence') {
        yield ': still here\n\n';
        continue;
      }
      if (found.done === true) return;
      yield found.value;
      next = texts.next();
    }
  } finally {
    clearTimeout(timer);
    // Not awaited: it may be waiting for a model, which the caller's signal stops.
    texts.return(undefined).catch(() => undefined);
  }
}
