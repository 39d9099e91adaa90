import { TraceReader } from '../bridges/python/codec.ts';
import { platformUse } from '../bridges/python/platform-use.ts';
import type { FrameSequence } from '../core/frame.ts';
import { haltedTrace, type Trace } from '../core/trace.ts';
import type { BlockSink, TaskEnd } from './task-runner.ts';

const ENOUGH = 'the run was stopped where the claim goes wrong';

/** Puts a run's trace together while it comes, and ends the run where somebody has seen enough of it. */
export class WatchedRun implements BlockSink {
  readonly #reader = new TraceReader();
  readonly #enough: AbortController | undefined;
  readonly #source: string;
  readonly #isEnough: ((frames: FrameSequence) => boolean) | undefined;

  /** @param source the program's */
  constructor(source: string, isEnough: ((frames: FrameSequence) => boolean) | undefined) {
    this.#source = source;
    this.#isEnough = isEnough;
    this.#enough = isEnough && new AbortController();
  }

  /** Fires when nobody needs the rest; undefined where all of it is needed. */
  get enough(): AbortSignal | undefined {
    return this.#enough?.signal;
  }

  take(block: Uint8Array): void {
    this.#reader.take(block);
    const { blocks } = this.#reader;
    // All looks together read no more than about twice the whole.
    const isDue = (blocks & (blocks - 1)) === 0;
    if (isDue && this.#isEnough?.(this.#reader.frames) === true) this.#enough?.abort();
  }

  clear(): void {
    this.#reader.clear();
  }

  /** The trace. @throws SyntaxError or RangeError where the last block is none */
  finish(end: TaskEnd): Trace {
    const stopped = this.#enough?.signal.aborted === true;
    if (end.kind === 'ended') {
      if (!stopped || end.reason !== 'time') return haltedTrace(end.reason, end.detail);
      return { ...haltedTrace('divergence', ENOUGH, this.#reader.frames), platform: platformUse(this.#source) };
    }
    const trace = this.#reader.finish(end.answer.body);
    // A run that ended otherwise before it was stopped, as one that was tampered with, shows no more than it would have.
    if (!stopped || trace.outcome.kind !== 'halted' || trace.outcome.reason !== 'time') return trace;
    return { ...trace, outcome: { kind: 'halted', reason: 'divergence', detail: ENOUGH } };
  }
}
