import type { TraceClaim } from '../../core/claim.ts';
import { TraceWalk } from '../../core/compare/walk.ts';
import { type Frame, frameAt } from '../../core/frame.ts';
import type { Trace } from '../../core/trace.ts';
import { renderIds, renderTagged } from '../../neural/formats/cwm/render.ts';
import type { Reading } from '../../neural/reader/reading.ts';
import { knownBehind, type Session } from './session.ts';
import type { SimulatedFrame } from './simulate-request.ts';

/** Gives the true run for an entry whose arguments the model chose in its first frame. */
export type ReplayWith = (input: ReadonlyMap<string, string>) => Promise<Trace>;

/**
 * Has the model write a whole trace by itself. Frames are compared as they come, up to the first that does not hold; what
 * the model wrote is kept as it is, for the verdict at the end.
 */
export class FreeRun {
  readonly #session: Session;
  readonly #replayWith: ReplayWith;
  readonly #contents: (string | number)[] = [];
  readonly #given: Frame[] = [];
  #truth: Trace;
  #walk: TraceWalk;
  #known: Frame | undefined;
  #index = 0;
  /** Whether frames still compare: nothing is said about those behind the first wrong one. */
  #together = true;

  constructor(session: Session, truth: Trace, replayWith: ReplayWith) {
    this.#session = session;
    this.#truth = truth;
    this.#replayWith = replayWith;
    this.#walk = new TraceWalk(truth, session.lines);
  }

  async *run(): AsyncGenerator<SimulatedFrame> {
    const [entry] = this.#truth.frames;
    if (this.#session.options.predictor.capabilities.resumes && entry?.event === 'call') yield this.#give(entry);
    for await (const reading of this.#session.readings(this.#given, (content) => this.#contents.push(content))) {
      if (reading.kind !== 'frame') return;
      if (this.#index === 0 && this.#truth.frames.length === 0 && reading.frame.locals !== undefined) {
        this.#truth = await this.#replayWith(reading.frame.locals);
        this.#walk = new TraceWalk(this.#truth, this.#session.lines);
      }
      yield this.#session.check(() => this.#judge(reading));
    }
  }

  /** What the model claims: the frames that it was given, and what it wrote, in its own spelling. */
  claim(): TraceClaim {
    const { lines } = this.#session;
    const given = renderIds(this.#given, lines, { end: false });
    if (this.#contents.some((content) => typeof content === 'number')) {
      return { kind: 'trace', format: 'cwm-ids', tokens: [...given, ...this.#contents] };
    }
    const written = this.#contents.join('');
    const stripped = !written.trimStart().startsWith('<|');
    const before = stripped ? given.filter((token) => typeof token === 'string').join('') : this.#givenText();
    return { kind: 'trace', format: 'cwm', text: before + written };
  }

  #givenText(): string {
    return renderTagged(this.#given, this.#session.lines, { end: false });
  }

  #give(frame: Frame): SimulatedFrame {
    this.#walk.put(0);
    this.#given.push(frame);
    return { index: this.#index++, predicted: null, verdict: 'given', observed: this.#accept(frame), divergence: null };
  }

  #judge({ frame, text }: Extract<Reading, { kind: 'frame' }>): SimulatedFrame {
    const index = this.#index++;
    const unjudged = { index, predicted: text, verdict: 'unjudged', observed: null, divergence: null } as const;
    if (!this.#together) return unjudged;
    const step = this.#walk.step(frame);
    const observed = frameAt(this.#truth.frames, step.at);
    const shown = observed === undefined ? null : this.#accept(observed);
    if (step.result === 'holds') {
      this.#session.figures.right += 1;
      return { ...unjudged, verdict: 'right', observed: shown };
    }
    this.#together = false;
    if (step.result === 'platform') this.#session.figures.unjudged += 1;
    if (step.result !== 'differs') return { ...unjudged, observed: shown, divergence: step.divergence };
    return { ...unjudged, verdict: 'wrong', observed: shown, divergence: step.divergence };
  }

  #accept(frame: Frame): string {
    const text = this.#session.textOf(frame, this.#known);
    this.#known = knownBehind(this.#known, frame);
    return text;
  }
}
