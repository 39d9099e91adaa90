import type { FrameSequence } from '../../core/frame.ts';
import type { Trace } from '../../core/trace.ts';
import { FrameWriter } from './frame-writer.ts';
import { JoinedFrames, NumberedFrames } from './numbered-frames.ts';
import { type Ending, readBlock } from './trace-block.ts';

/** A trace as one block. */
export function encodeTrace({ frames, ...ending }: Trace): Uint8Array<ArrayBuffer> {
  if (frames instanceof NumberedFrames) return frames.encode(ending);
  const writer = new FrameWriter();
  for (const frame of frames) writer.add(frame);
  return writer.finish(ending);
}

/** Puts a trace together from its blocks. */
export class TraceReader {
  #parts: FrameSequence[] = [];

  /** Takes the next block of a trace that goes on. @throws SyntaxError or RangeError where the bytes are none */
  take(block: Uint8Array): void {
    this.#parts.push(new NumberedFrames(readBlock(block)));
  }

  /** Blocks that it was given. */
  get blocks(): number {
    return this.#parts.length;
  }

  /** Their frames. */
  get frames(): FrameSequence {
    return new JoinedFrames([...this.#parts]);
  }

  /** Forgets what it was given: the run begins anew. */
  clear(): void {
    this.#parts = [];
  }

  /** The trace, with its last block. @throws SyntaxError or RangeError where the bytes are none */
  finish(block: Uint8Array): Trace {
    const { rest, ...last } = readBlock(block);
    const frames = new NumberedFrames(last);
    const all = this.#parts.length === 0 ? frames : new JoinedFrames([...this.#parts, frames]);
    return { frames: all, ...(rest as Ending) };
  }
}

/** The inverse of {@link encodeTrace}. @throws SyntaxError or RangeError where the bytes are none of its results */
export function decodeTrace(bytes: Uint8Array): Trace {
  return new TraceReader().finish(bytes);
}
