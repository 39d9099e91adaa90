import type { Socket } from 'node:net';

/**
 * Messages between the daemon and a sandbox process, over one pipe: two lengths (32 bits, little-endian), a head and a
 * body. The daemon's heads are structured clones, which the sandbox trusts; the sandbox's are JSON, and nothing richer
 * of what it says is ever read.
 */

const LENGTHS = 8;
/** Larger than any trace: a string of the engine cannot be longer than this. */
const MAX_BYTES = 2 ** 29;

/** Writes messages; those of one turn of the event loop go out together. */
export class MessageWriter {
  readonly #socket: Socket;
  #corked = false;

  constructor(socket: Socket) {
    this.#socket = socket;
  }

  send(head: Uint8Array, body: Uint8Array = new Uint8Array()): void {
    if (this.#socket.destroyed) return;
    if (!this.#corked) {
      this.#corked = true;
      this.#socket.cork();
      process.nextTick(this.#flush);
    }
    const lengths = Buffer.allocUnsafe(LENGTHS + head.length);
    lengths.writeUInt32LE(head.length, 0);
    lengths.writeUInt32LE(body.length, 4);
    lengths.set(head, LENGTHS);
    this.#socket.write(lengths);
    if (body.length > 0) this.#socket.write(body);
  }

  readonly #flush = (): void => {
    this.#corked = false;
    this.#socket.uncork();
  };
}

/** Puts messages together from the chunks in which they arrive. */
export class MessageReader {
  readonly #onMessage: (head: Buffer, body: Buffer) => void;
  #chunks: Buffer[] = [];
  #bytes = 0;
  #wanted = LENGTHS;

  constructor(onMessage: (head: Buffer, body: Buffer) => void) {
    this.#onMessage = onMessage;
  }

  /** @throws Error where the other side says that more is coming than any message holds */
  push(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#bytes += chunk.length;
    if (this.#bytes < this.#wanted) return;
    let rest = this.#chunks.length === 1 ? chunk : Buffer.concat(this.#chunks, this.#bytes);
    for (;;) {
      this.#wanted = this.#nextLength(rest);
      if (rest.length < this.#wanted) break;
      const headEnd = LENGTHS + rest.readUInt32LE(0);
      this.#onMessage(rest.subarray(LENGTHS, headEnd), rest.subarray(headEnd, this.#wanted));
      rest = rest.subarray(this.#wanted);
    }
    this.#chunks = rest.length === 0 ? [] : [rest];
    this.#bytes = rest.length;
  }

  #nextLength(bytes: Buffer): number {
    if (bytes.length < LENGTHS) return LENGTHS;
    const length = LENGTHS + bytes.readUInt32LE(0) + bytes.readUInt32LE(4);
    if (length > MAX_BYTES) throw new Error(`a message of ${length} bytes`);
    return length;
  }
}
