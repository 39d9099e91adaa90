import type { Divergence, DivergenceKind } from '../divergence.ts';
import { familyOf } from '../divergence.ts';
import { type ClaimedFrame, type Frame, frameAt, type Span } from '../frame.ts';
import type { ClaimedTrace, Trace } from '../trace.ts';
import { cut, REPR_LIMIT } from './cut.ts';
import type { FrameDivergenceKind, Memory } from './frame.ts';
import { compareFrame, differingVariables, remember } from './frame.ts';
import { onlyPlatformDiffers } from './platform.ts';
import { lastInScope, nextInScope } from './scope.ts';
import type { SourceText } from './source-text.ts';
import { sourceText } from './source-text.ts';
import { describeFinding, describeOutcome, describeTrueStep } from './wording.ts';

/** How one claimed frame stands to the true run. */
export type Step =
  | {
      readonly result: 'holds';
      /** Index of the true frame that it agrees with. */
      readonly at: number;
      readonly divergence: null;
    }
  | {
      /** As in `TraceComparison`. */
      readonly result: 'differs' | 'platform';
      /** Index of the true frame that belongs there, -1 where the run is over. */
      readonly at: number;
      readonly divergence: Divergence;
    }
  | { readonly result: 'unfinished'; readonly at: -1; readonly divergence: null };

/** How a claim whose frames all hold stands to the true run. */
export interface WalkEnd {
  readonly result: 'agrees' | 'incomplete' | 'differs' | 'unfinished';
  readonly matched: number;
  readonly divergence: Divergence | null;
}

/** Where a claimed frame belongs, or why it holds nowhere. */
interface Placement {
  readonly index: number;
  readonly kind: FrameDivergenceKind | null;
  /** The claim leaves out the inside of a call that it enters. */
  readonly hollow?: boolean;
}

/**
 * Follows a claim along the true run, one frame at a time, so that it can be checked while it is still being written.
 * Each step takes time in the characters of the frame, and in the true frames that it steps over.
 */
export class TraceWalk {
  readonly #truth: Trace;
  readonly #source: SourceText;
  readonly #insides: 'optional' | 'needed';
  /** Frames that were claimed, or put in their place. */
  #count = 0;
  /** The next true frame. */
  #next = 0;
  #memory: Memory = null;
  #steppedOver = 0;
  /** The first claimed return that directly follows a call with more inside. */
  #hollow: { readonly frame: number; readonly missing: number; readonly span: Span | undefined } | undefined;

  /**
   * @param lines the physical lines of the source, as `sourceLines` gives them
   * @param insides whether a return may directly follow a call that has more inside. Such a trace is not whole, which
   *   only its end shows; where they are needed, the return is wrong at once
   */
  constructor(truth: Trace, lines: readonly string[], insides: 'optional' | 'needed' = 'optional') {
    this.#truth = truth;
    this.#insides = insides;
    this.#source = sourceText(lines);
  }

  /** Index of the true frame that comes next. */
  get next(): number {
    return this.#next;
  }

  /** True frames of calls that the claim leaves out. */
  get steppedOver(): number {
    return this.#steppedOver;
  }

  /** Takes the claim's next frame. Only one that holds counts; behind another the walk stays where it is. */
  step(claimed: ClaimedFrame): Step {
    const placement = this.#place(claimed);
    if (placement === 'unfinished') return { result: 'unfinished', at: -1, divergence: null };
    if (placement === 'extra') return { result: 'differs', at: -1, divergence: this.#extra(claimed.span) };
    if (placement.kind !== null) return this.#differs(claimed, placement.index, placement.kind);
    if (placement.hollow) this.#hollow ??= { frame: this.#count, missing: this.#next, span: claimed.span };
    this.#accept(placement.index);
    return { result: 'holds', at: placement.index, divergence: null };
  }

  /** Goes on behind a true frame, in place of one that the claim should have had there. */
  put(at: number): void {
    this.#accept(at);
  }

  /**
   * What is wrong where the claim stops here.
   *
   * @param claim how it stops; its frames are the ones that were taken
   */
  end(claim: Pick<ClaimedTrace, 'fault' | 'ended'>): WalkEnd {
    const { fault } = claim;
    const matched = this.#count;
    const differs = (divergence: Divergence): WalkEnd => ({ result: 'differs', matched, divergence });
    if (fault !== undefined) return differs(this.#format(fault.frame, fault.message, fault.span));
    if (matched === 0) return differs(this.#format(0, 'the trace is empty', undefined));
    if (this.#hollow !== undefined) {
      const { frame, missing, span } = this.#hollow;
      return { result: 'incomplete', matched: frame, divergence: this.#short(frame, missing, span) };
    }
    if (this.#isComplete(claim.ended)) {
      // What a stopped run would have done next is not known.
      return { result: this.#truth.outcome.kind === 'halted' ? 'unfinished' : 'agrees', matched, divergence: null };
    }
    return { result: 'incomplete', matched, divergence: this.#short(matched, this.#next) };
  }

  #accept(at: number): void {
    const observed = frameAt(this.#truth.frames, at);
    if (observed === undefined) return;
    this.#steppedOver += at - this.#next;
    this.#memory = remember(this.#memory, observed);
    this.#next = at + 1;
    this.#count += 1;
  }

  #place(claimed: ClaimedFrame): Placement | 'unfinished' | 'extra' {
    const halted = this.#truth.outcome.kind === 'halted';
    const observed = frameAt(this.#truth.frames, this.#next);
    if (observed === undefined) return halted ? 'unfinished' : 'extra';
    const here: Placement = { index: this.#next, kind: compareFrame(claimed, observed, this.#memory, this.#source) };
    if (here.kind === null || this.#count === 0) return here;
    const over = this.#stepOver(claimed);
    if (over === null) return here;
    // What the claim leaves out may be what the stopped run would have done.
    if (over === 'never') return halted ? 'unfinished' : here;
    // A frame that is at the right place behind the call, with a wrong value, is wrong there.
    const rightPlace = over.kind !== 'event' && over.kind !== 'action' && isControl(here.kind);
    return over.kind === null || rightPlace ? over : here;
  }

  /**
   * Where the claimed frame stands if the claim leaves out the frames of a call: behind it, or at its return. Null
   * where no call is left out, `never` where the run was stopped inside it.
   */
  #stepOver(claimed: ClaimedFrame): Placement | 'never' | null {
    const { frames } = this.#truth;
    const before = frameAt(frames, this.#next - 1);
    const observed = frameAt(frames, this.#next);
    if (before === undefined || observed === undefined) return null;
    const left = before.event === 'call' && claimed.events.includes('return') && observed.event !== 'return';
    const hollow = left && this.#insides === 'optional';
    const whole = before.event === 'line' && observed.event === 'call' && observed.scope !== before.scope;
    if (!hollow && !whole) return null;
    const index = nextInScope(frames, this.#next, before.scope, hollow ? 'return' : undefined);
    const target = frameAt(frames, index);
    if (target === undefined) return 'never';
    return { index, kind: compareFrame(claimed, target, this.#memory, this.#source), hollow };
  }

  /** An exception that leaves the entry may be the claim's last word: the `return None` behind it may be missing. */
  #isComplete(ended: boolean): boolean {
    const { frames, outcome } = this.#truth;
    if (this.#next === frames.length) return true;
    if (outcome.kind !== 'raised' || !ended) return false;
    for (let at = this.#next; at < frames.length; at += 1) {
      const frame = frameAt(frames, at);
      if (frame?.event !== 'return' || frame.arg !== 'None') return false;
    }
    return true;
  }

  #differs(claimed: ClaimedFrame, at: number, kind: FrameDivergenceKind): Step {
    const { frames, platform } = this.#truth;
    const observed = frameAt(frames, at);
    if (observed === undefined) return { result: 'differs', at: -1, divergence: this.#extra(claimed.span) };
    const variables = isControl(kind) ? [] : differingVariables(claimed, observed, this.#memory);
    const before = lastInScope(frames, at, observed.scope);
    const finding = { kind, claimed, observed, before, variables, source: this.#source };
    const divergence: Divergence = {
      ...this.#divergence(kind, this.#count, observed, describeFinding(finding), claimed.span),
      variables,
      ...sides(kind, claimed, observed, this.#source),
    };
    const excused = onlyPlatformDiffers({ kind, claimed, frames, at, source: this.#source, platform });
    return { result: excused ? 'platform' : 'differs', at, divergence };
  }

  #short(frame: number, missing: number, span?: Span): Divergence {
    const observed = frameAt(this.#truth.frames, missing);
    const next = observed === undefined ? '' : `; ${describeTrueStep(observed)}`;
    const what =
      frame === this.#count
        ? `the trace stops after ${frame} frames, all right so far`
        : 'the inside of a call is missing';
    return this.#divergence('short', frame, observed, `${what}${next}`, span);
  }

  #extra(span: Span | undefined): Divergence {
    const frame = this.#count;
    const { frames, outcome } = this.#truth;
    const end = describeOutcome(outcome);
    return frames.length === 0
      ? this.#divergence('event', frame, undefined, `${end}; nothing of it can be traced`, span)
      : this.#divergence(
          'extra',
          frame,
          undefined,
          `the run ends after ${frames.length} frames (${end}), and the trace goes on`,
          span,
        );
  }

  #format(frame: number, message: string, span: Span | undefined): Divergence {
    return this.#divergence('format', frame, frameAt(this.#truth.frames, this.#next), message, span);
  }

  #divergence(
    kind: DivergenceKind,
    frame: number,
    observed: Frame | undefined,
    message: string,
    span?: Span,
  ): Divergence {
    return {
      frame,
      line: observed?.line ?? null,
      function: observed?.function ?? null,
      kind,
      family: familyOf(kind),
      variables: [],
      predicted: null,
      observed: null,
      span: span ?? null,
      message,
    };
  }
}

function isControl(kind: FrameDivergenceKind): boolean {
  return familyOf(kind) === 'control';
}

/** What a divergence that speaks of one event, line or value shows of both sides. */
function sides(
  kind: FrameDivergenceKind,
  claimed: ClaimedFrame,
  observed: Frame,
  source: SourceText,
): Pick<Divergence, 'predicted' | 'observed'> {
  const show = (text: string | undefined): string | null => (text === undefined ? null : cut(text, REPR_LIMIT));
  switch (kind) {
    case 'event':
      return { predicted: claimed.events.join('|'), observed: observed.event };
    case 'action':
      return {
        predicted: show(claimed.source ?? (claimed.line === undefined ? undefined : `line ${claimed.line}`)),
        observed: show(source.line(observed.line)),
      };
    case 'argument':
      return { predicted: show(claimed.arg), observed: show(observed.arg) };
    case 'keys':
    case 'value':
      return { predicted: null, observed: null };
  }
}
