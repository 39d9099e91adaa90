import type { Event } from '../../core/frame.ts';
import type { Trace } from '../../core/trace.ts';
import { type NumberList, readNumbers } from './number-list.ts';

/**
 * A trace on its way between threads and processes, and where it is kept: blocks, each with so many of its frames, the
 * last with its end. A block is a head, JSON text in UTF-8 behind its length in 32 bits, the lowest first, then numbers of
 * the head's width from the next multiple of four on, in the machine's byte order. A frame is
 * `event, line, function, scope, depth, opaque, n`; where n is 0 the index of one string follows, the value; otherwise
 * n - 1 pairs of name and repr do. Strings are indexes into the head's table.
 */
export interface BlockHead {
  readonly strings: readonly string[];
  /** Bytes of a number. */
  readonly width: 2 | 4;
}

/** A trace without its frames. */
export type Ending = Omit<Trace, 'frames'>;

/** Position is the event's number. */
export const EVENT_CODES: readonly Event[] = ['call', 'line', 'return', 'exception'];
/** Stands where a frame has a value and no locals. */
export const VALUE = 0;

const LENGTH_BYTES = 4;

const encoder = new TextEncoder();

/** The next place for numbers. */
function aligned(at: number): number {
  return Math.ceil(at / 4) * 4;
}

export function writeBlock(
  strings: Iterable<string>,
  numbers: Pick<NumberList, 'width' | 'size' | 'write'>,
  ending: Ending | undefined,
): Uint8Array<ArrayBuffer> {
  const head: BlockHead = { strings: [...strings], width: numbers.width, ...ending };
  const text = encoder.encode(JSON.stringify(head));
  const start = aligned(LENGTH_BYTES + text.length);
  const bytes = new Uint8Array(start + numbers.size);
  for (let byte = 0; byte < LENGTH_BYTES; byte++) bytes[byte] = text.length >>> (8 * byte);
  bytes.set(text, LENGTH_BYTES);
  numbers.write(bytes.buffer, start);
  return bytes;
}

/** A block's parts: its table, its numbers, and what else its head says. */
export interface Block {
  readonly strings: readonly string[];
  readonly numbers: Uint16Array | Uint32Array;
  readonly rest: object;
}

/** @throws SyntaxError or RangeError where the bytes are no block */
export function readBlock(bytes: Uint8Array): Block {
  const { buffer, byteOffset, byteLength } = bytes;
  let length = 0;
  for (let byte = LENGTH_BYTES; byte > 0; byte--) length = length * 256 + (bytes[byte - 1] ?? 0);
  const textEnd = LENGTH_BYTES + length;
  if (textEnd > byteLength) throw new RangeError('the trace ends within its head');
  const { strings, width, ...rest } = readHead(Buffer.from(buffer, byteOffset + LENGTH_BYTES, length).toString());
  return { strings, numbers: readNumbers(bytes.subarray(aligned(textEnd)), width), rest };
}

function readHead(text: string): BlockHead {
  const head = JSON.parse(text) as Partial<BlockHead> | null;
  const { strings, width } = head ?? {};
  const known =
    Array.isArray(strings) && strings.every((one) => typeof one === 'string') && (width === 2 || width === 4);
  if (!known) throw new RangeError('the head of the trace has no strings');
  return head as BlockHead;
}
