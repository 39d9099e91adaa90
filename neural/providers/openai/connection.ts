import { setTimeout as sleep } from 'node:timers/promises';
import { PredictorError } from '../../predictor.ts';

/** How a server is reached. */
export interface ConnectionOptions {
  readonly url: string;
  readonly key: string | undefined;
  readonly retries: number;
  readonly timeoutMs: number;
  readonly idleMs: number;
}

/** The body of an answer that is being read. */
export interface Answer {
  readonly streamed: boolean;
  /** Text as it comes. @throws {PredictorError} `timeout`, `broken` or `malformed` */
  readonly chunks: AsyncIterable<string>;
}

const BUSY: ReadonlySet<number> = new Set([408, 429, 502, 503, 504]);
const FIRST_PAUSE_MS = 250;
const LONGEST_PAUSE_MS = 8_000;
/** A server that asks for a longer pause is not waited for. */
const LONGEST_RETRY_AFTER_S = 60;
/** Bytes of a refusal that are kept. */
const SAID_BYTES = 2_000;
/** Bytes of one answer. */
const MAX_BYTES = 256 << 20;

/** Sends requests to a server, again where it is busy or not there. */
export class Connection {
  readonly #options: ConnectionOptions;

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /**
   * @param body undefined for a GET
   * @throws {PredictorError} `unavailable`, `refused` or `timeout`; the signal's reason where that fires
   */
  async ask(path: string, body: unknown, signal: AbortSignal): Promise<Answer> {
    const { retries } = this.#options;
    for (let attempt = 0; ; attempt++) {
      const { answer, pauseMs, reason } = await this.#attempt(path, body, signal);
      if (answer !== undefined) return answer;
      if (attempt >= retries || pauseMs > LONGEST_RETRY_AFTER_S * 1000) {
        const times = attempt === 0 ? '' : ` (${attempt + 1} attempts)`;
        throw new PredictorError('unavailable', `${reason}${times}`);
      }
      await pause(Math.max(pauseMs, backOff(attempt)), signal);
    }
  }

  /** One attempt: an answer, or why it is worth another one. */
  async #attempt(path: string, body: unknown, signal: AbortSignal) {
    const { url, key, timeoutMs } = this.#options;
    const timer = new AbortController();
    const timeout = setTimeout(() => timer.abort(), timeoutMs);
    try {
      const response = await fetch(`${url.replace(/\/+$/, '')}${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: {
          accept: 'text/event-stream, application/json',
          ...(body !== undefined && { 'content-type': 'application/json' }),
          ...(key !== undefined && { authorization: `Bearer ${key}` }),
        },
        ...(body !== undefined && { body: JSON.stringify(body) }),
        signal: AbortSignal.any([signal, timer.signal]),
        // A key goes to the server that it was meant for.
        redirect: 'error',
      });
      if (response.ok) return { answer: this.#read(response, signal), pauseMs: 0, reason: '' };
      const { status, headers } = response;
      if (!BUSY.has(status)) {
        const problem = status >= 500 ? 'unavailable' : 'refused';
        const said = await this.#beginning(response);
        throw new PredictorError(problem, `the model's server answers with status ${status}`, { said });
      }
      await response.body?.cancel();
      return { pauseMs: retryAfterMs(headers), reason: `the model's server is busy (status ${status})` };
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof PredictorError) throw error;
      if (timer.signal.aborted) {
        throw new PredictorError('timeout', `the model's server did not answer within ${timeoutMs} ms`);
      }
      return { pauseMs: 0, reason: `the model's server cannot be reached (${codeOf(error)})` };
    } finally {
      clearTimeout(timeout);
    }
  }

  /** The first words of a refusal; empty where they cannot be read. */
  async #beginning(response: Response): Promise<string> {
    const reader = response.body?.getReader();
    const { done = true, value } = (await reader?.read().catch(() => undefined)) ?? {};
    reader?.cancel().catch(() => undefined);
    const text = done || value === undefined ? '' : new TextDecoder().decode(value.subarray(0, SAID_BYTES));
    const { key } = this.#options;
    return key === undefined ? text : text.replaceAll(key, '…');
  }

  #read(response: Response, signal: AbortSignal): Answer {
    const streamed = response.headers.get('content-type')?.startsWith('text/event-stream') === true;
    return { streamed, chunks: readChunks(response, this.#options.idleMs, signal) };
  }
}

/** The text of an answer's body. Bytes that are no UTF-8 become U+FFFD. Ending the generator hangs up. */
async function* readChunks(response: Response, idleMs: number, signal: AbortSignal): AsyncGenerator<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return;
  const decoder = new TextDecoder();
  let bytes = 0;
  try {
    for (;;) {
      const chunk = await nextChunk(reader, idleMs, signal);
      if (chunk === undefined) break;
      bytes += chunk.byteLength;
      if (bytes > MAX_BYTES) throw new PredictorError('malformed', `an answer has more than ${MAX_BYTES} bytes`);
      yield decoder.decode(chunk, { stream: true });
    }
    yield decoder.decode();
  } finally {
    // Nobody waits for the goodbye: the server may never notice.
    reader.cancel().catch(() => undefined);
  }
}

async function nextChunk(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  idleMs: number,
  signal: AbortSignal,
): Promise<Uint8Array | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PredictorError('timeout', `the model said nothing for ${idleMs} ms`)), idleMs);
  });
  try {
    const { done, value } = await Promise.race([reader.read(), silence]);
    return done ? undefined : value;
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof PredictorError) throw error;
    throw new PredictorError('broken', `the connection to the model was lost (${codeOf(error)})`, { cause: error });
  } finally {
    clearTimeout(timer);
  }
}

/** Twice as long each time, and never all clients at the same moment. */
function backOff(attempt: number): number {
  return Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** attempt) * (0.5 + Math.random() / 2);
}

async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await sleep(ms, undefined, { signal }).catch(() => signal.throwIfAborted());
}

function retryAfterMs(headers: Headers): number {
  const given = headers.get('retry-after') ?? '';
  return /^\d{1,6}$/.test(given) ? Number(given) * 1000 : 0;
}

function codeOf(error: unknown): string {
  const { code, cause } = error as { code?: unknown; cause?: { code?: unknown } };
  return String(cause?.code ?? code ?? 'connection failed');
}
