import { TraceWalk } from '../../core/compare/walk.ts';
import type { Divergence } from '../../core/divergence.ts';
import { type Frame, frameAt } from '../../core/frame.ts';
import type { Trace } from '../../core/trace.ts';
import type { Reading } from '../../neural/reader/reading.ts';
import { knownBehind, type Session } from './session.ts';
import type { SimulatedFrame } from './simulate-request.ts';

/** What became of one reading: where `again`, the model is asked anew, from the trace as it now stands. */
interface Step {
  readonly frame: SimulatedFrame | null;
  readonly next: 'go-on' | 'again' | 'over';
}

/**
 * Lets the model write a trace beside the true one. Each frame is checked as it arrives; at the first wrong one the model
 * is stopped, the true frame is put in its place, and the model goes on from there.
 *
 * Each time that the model is asked at least one frame is added, its own or the true one, so this ends.
 */
export class GuidedRun {
  readonly #session: Session;
  readonly #truth: Trace;
  readonly #walk: TraceWalk;
  readonly #accepted: Frame[] = [];
  #known: Frame | undefined;
  #over = false;

  constructor(session: Session, truth: Trace) {
    this.#session = session;
    this.#truth = truth;
    this.#walk = new TraceWalk(truth, session.lines, 'needed');
  }

  /** The trace as it stands: true frames, without those of calls that the model stepped over. */
  get accepted(): readonly Frame[] {
    return this.#accepted;
  }

  /** Whether the trace was told to its end. */
  get whole(): boolean {
    return this.#over;
  }

  /** @param first what the model has already written, where it had to tell the first frame */
  async *run(first: readonly Reading[]): AsyncGenerator<SimulatedFrame> {
    const [entry] = this.#truth.frames;
    if (first.length === 0 && entry?.event === 'call') yield this.#give(entry);
    for (const reading of first) yield* shown(this.#take(reading));
    const { maxFrames } = this.#session.options;
    while (!this.#over && !this.#session.stopped) {
      // A model that writes no frames at all is not asked for ever either.
      if (this.#accepted.length > maxFrames) this.#session.stopAtFrames();
      else yield* this.#ask();
    }
  }

  /** Asks the model once. */
  async *#ask(): AsyncGenerator<SimulatedFrame> {
    const before = this.#accepted.length;
    for await (const reading of this.#session.readings([...this.#accepted])) {
      const step = this.#session.check(() => this.#take(reading));
      yield* shown(step);
      if (step.next === 'go-on') continue;
      this.#over = step.next === 'over';
      return;
    }
    if (this.#isAtEnd()) this.#over = true;
    else if (this.#accepted.length === before && !this.#session.stopped) yield* shown(this.#stopShort(null));
  }

  #isAtEnd(): boolean {
    return this.#walk.next >= this.#truth.frames.length;
  }

  #give(frame: Frame): SimulatedFrame {
    this.#walk.put(0);
    const text = this.#accept(frame);
    return { index: 0, predicted: null, verdict: 'given', observed: text, divergence: null };
  }

  #take(reading: Reading): Step {
    switch (reading.kind) {
      case 'frame':
        return this.#judge(reading);
      case 'ended':
        return this.#stopShort(null);
      case 'broken': {
        const fault = { frame: this.#accepted.length, message: reading.message };
        return this.#putRight(this.#walk.end({ fault, ended: false }).divergence, this.#walk.next, reading.text);
      }
      case 'cut':
        // The model ran out of room within a frame. Where it had written others before, it may go on behind them.
        return { frame: null, next: 'go-on' };
    }
  }

  #judge({ frame, text }: Extract<Reading, { kind: 'frame' }>): Step {
    const index = this.#accepted.length;
    const step = this.#walk.step(frame);
    switch (step.result) {
      case 'holds': {
        const observed = frameAt(this.#truth.frames, step.at);
        if (observed === undefined) throw new Error('a frame holds where there is none');
        this.#session.figures.right += 1;
        const shownText = this.#accept(observed);
        return {
          frame: { index, predicted: text, verdict: 'right', observed: shownText, divergence: null },
          next: 'go-on',
        };
      }
      case 'differs':
        return this.#putRight(step.divergence, step.at, text);
      case 'platform': {
        this.#session.figures.unjudged += 1;
        const corrected = this.#put(step.at);
        const rest = { observed: corrected, divergence: step.divergence };
        return {
          frame: { index, predicted: text, verdict: 'unjudged', ...rest, ...(corrected !== null && { corrected }) },
          next: 'again',
        };
      }
      case 'unfinished':
        return { frame: null, next: 'over' };
    }
  }

  /** The model says, or shows, that its trace is over. */
  #stopShort(predicted: string | null): Step {
    const end = this.#walk.end({ ended: true });
    if (end.divergence === null) return { frame: null, next: 'over' };
    return this.#putRight(end.divergence, this.#walk.next, predicted);
  }

  /** @param at index of the true frame that belongs here; none where the run is over */
  #putRight(divergence: Divergence | null, at: number, predicted: string | null): Step {
    if (divergence === null) return { frame: null, next: 'over' };
    const index = this.#accepted.length;
    const { line, function: name, kind, family, message } = divergence;
    this.#session.mistake(divergence);
    this.#session.figures.corrections.push({ frame: index, line, function: name, kind, family, message });
    const corrected = this.#put(at);
    return {
      frame: {
        index,
        predicted,
        verdict: 'wrong',
        observed: corrected,
        ...(corrected !== null && { corrected }),
        divergence: { ...divergence, frame: index },
      },
      next: corrected === null || this.#isAtEnd() ? 'over' : 'again',
    };
  }

  /** Puts a true frame at the end of the trace; null where the run has none left. */
  #put(at: number): string | null {
    const frame = frameAt(this.#truth.frames, at);
    if (frame === undefined) return null;
    this.#walk.put(at);
    return this.#accept(frame);
  }

  #accept(frame: Frame): string {
    this.#accepted.push(frame);
    const text = this.#session.textOf(frame, this.#known);
    this.#known = knownBehind(this.#known, frame);
    return text;
  }
}

function shown({ frame }: Step): SimulatedFrame[] {
  return frame === null ? [] : [frame];
}
