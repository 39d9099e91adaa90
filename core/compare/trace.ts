import type { Divergence, DivergenceKind } from '../divergence.ts';
import { familyOf } from '../divergence.ts';
import type { ClaimedFrame, Frame, Span } from '../frame.ts';
import type { ClaimedTrace, Trace } from '../trace.ts';
import { cut, REPR_LIMIT } from './cut.ts';
import type { FrameDivergenceKind, Memory } from './frame.ts';
import { compareFrame, differingVariables, remember } from './frame.ts';
import { onlyPlatformDiffers } from './platform.ts';
import { lastInScope, nextInScope } from './scope.ts';
import type { SourceText } from './source-text.ts';
import { sourceText } from './source-text.ts';
import { describeFinding, describeOutcome, describeTrueStep } from './wording.ts';

/** How a claimed trace stands to the true one. */
export interface TraceComparison {
  /** Claimed frames before the first divergence. */
  readonly matched: number;
  /** True frames of calls that the claim leaves out. */
  readonly steppedOver: number;
  /**
   * `agrees`: complete, every frame holds. `incomplete`: every frame holds, but true frames are missing. `differs`: a
   * frame does not hold. `platform`: a frame does not hold, and only the replay's 32-bit platform can explain it.
   * `unfinished`: nothing differs or is missing, but the true run was stopped before it could tell.
   */
  readonly result: 'agrees' | 'incomplete' | 'differs' | 'platform' | 'unfinished';
  /** Null where the trace agrees or is unfinished. */
  readonly divergence: Divergence | null;
  /** Claimed index → index of the true frame that it was compared with, -1 where none. The divergent frame has one too. */
  readonly alignment: Int32Array;
  /** The physical lines that claimed source lines were compared with. */
  readonly lines: readonly string[];
}

/**
 * Compares a claimed trace with the true one, frame by frame, up to the first frame that does not hold.
 * Linear in frames and in the characters of the values that are not spelled alike.
 *
 * @param lines the physical lines of the source, as `sourceLines` gives them
 */
export function compareTraces(claim: ClaimedTrace, truth: Trace, lines: readonly string[]): TraceComparison {
  return new TraceWalk(claim, truth, lines).run();
}

/** Where a claimed frame belongs, or why it holds nowhere. */
interface Placement {
  readonly index: number;
  readonly kind: FrameDivergenceKind | null;
  /** The claim leaves out the inside of a call that it enters. */
  readonly hollow?: boolean;
}

class TraceWalk {
  readonly #claimed: readonly ClaimedFrame[];
  readonly #claim: ClaimedTrace;
  readonly #truth: Trace;
  readonly #lines: readonly string[];
  readonly #source: SourceText;
  readonly #alignment: Int32Array;
  /** Claimed frames before the text breaks. */
  readonly #readable: number;
  /** The next true frame. */
  #next = 0;
  #memory: Memory = null;
  #steppedOver = 0;
  /** The first claimed return that directly follows a call with more inside. */
  #hollow: { readonly frame: number; readonly missing: number } | undefined;

  constructor(claim: ClaimedTrace, truth: Trace, lines: readonly string[]) {
    this.#claim = claim;
    this.#claimed = claim.frames;
    this.#truth = truth;
    this.#lines = lines;
    this.#source = sourceText(lines);
    this.#alignment = new Int32Array(claim.frames.length).fill(-1);
    this.#readable = Math.min(claim.frames.length, claim.fault?.frame ?? claim.frames.length);
  }

  run(): TraceComparison {
    for (let index = 0; index < this.#readable; index += 1) {
      const claimed = this.#claimed[index];
      if (claimed === undefined) break;
      const placement = this.#place(claimed, index);
      if (placement === 'unfinished') return this.#result('unfinished', index, null);
      if (placement === 'extra') return this.#result('differs', index, this.#extra(index));
      this.#alignment[index] = placement.index;
      if (placement.kind !== null) return this.#differs(claimed, index, placement.index, placement.kind);
      this.#accept(placement, index);
    }
    return this.#end();
  }

  #accept(placement: Placement, index: number): void {
    const observed = this.#truth.frames[placement.index];
    if (observed === undefined) return;
    const skipped = placement.index - this.#next;
    if (placement.hollow) this.#hollow ??= { frame: index, missing: this.#next };
    this.#steppedOver += skipped;
    this.#memory = remember(this.#memory, observed);
    this.#next = placement.index + 1;
  }

  #place(claimed: ClaimedFrame, index: number): Placement | 'unfinished' | 'extra' {
    const halted = this.#truth.outcome.kind === 'halted';
    const observed = this.#truth.frames[this.#next];
    if (observed === undefined) return halted ? 'unfinished' : 'extra';
    const here: Placement = { index: this.#next, kind: compareFrame(claimed, observed, this.#memory, this.#source) };
    if (here.kind === null || index === 0) return here;
    const over = this.#stepOver(claimed);
    if (over === null) return here;
    if (over === 'never') return halted && here.kind === 'event' ? 'unfinished' : here;
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
    const before = frames[this.#next - 1];
    const observed = frames[this.#next];
    if (before === undefined || observed === undefined) return null;
    const hollow = before.event === 'call' && claimed.events.includes('return') && observed.event !== 'return';
    const whole = before.event === 'line' && observed.event === 'call' && observed.scope !== before.scope;
    if (!hollow && !whole) return null;
    const index = nextInScope(frames, this.#next, before.scope, hollow ? 'return' : undefined);
    const target = frames[index];
    if (target === undefined) return 'never';
    return { index, kind: compareFrame(claimed, target, this.#memory, this.#source), hollow };
  }

  #end(): TraceComparison {
    const { fault } = this.#claim;
    const index = this.#readable;
    if (fault !== undefined)
      return this.#result('differs', index, this.#format(fault.frame, fault.message, fault.span));
    if (index === 0) return this.#result('differs', 0, this.#format(0, 'the trace is empty', undefined));
    if (this.#hollow !== undefined) {
      const { frame, missing } = this.#hollow;
      return this.#result('incomplete', frame, this.#short(frame, missing));
    }
    if (this.#isComplete()) {
      // What a stopped run would have done next is not known.
      return this.#result(this.#truth.outcome.kind === 'halted' ? 'unfinished' : 'agrees', index, null);
    }
    return this.#result('incomplete', index, this.#short(index, this.#next));
  }

  /** An exception that leaves the entry may be the claim's last word: the `return None` behind it may be missing. */
  #isComplete(): boolean {
    const { frames, outcome } = this.#truth;
    if (this.#next === frames.length) return true;
    if (outcome.kind !== 'raised' || !this.#claim.ended) return false;
    return frames.slice(this.#next).every(({ event, arg }) => event === 'return' && arg === 'None');
  }

  #differs(claimed: ClaimedFrame, index: number, at: number, kind: FrameDivergenceKind): TraceComparison {
    const { frames, platform } = this.#truth;
    const observed = frames[at];
    if (observed === undefined) return this.#result('differs', index, this.#extra(index));
    const variables = isControl(kind) ? [] : differingVariables(claimed, observed, this.#memory);
    const before = lastInScope(frames, at, observed.scope);
    const finding = { kind, claimed, observed, before, variables, source: this.#source };
    const divergence: Divergence = {
      ...this.#divergence(kind, index, observed, describeFinding(finding)),
      variables,
      ...sides(kind, claimed, observed, this.#source),
    };
    const excused = onlyPlatformDiffers({ kind, claimed, frames, at, source: this.#source, platform });
    return this.#result(excused ? 'platform' : 'differs', index, divergence);
  }

  #short(frame: number, missing: number): Divergence {
    const observed = this.#truth.frames[missing];
    const next = observed === undefined ? '' : `; ${describeTrueStep(observed)}`;
    const what =
      frame === this.#readable
        ? `the trace stops after ${frame} frames, all right so far`
        : 'the inside of a call is missing';
    return this.#divergence('short', frame, observed, `${what}${next}`);
  }

  #extra(frame: number): Divergence {
    const { frames, outcome } = this.#truth;
    const end = describeOutcome(outcome);
    return frames.length === 0
      ? this.#divergence('event', frame, undefined, `${end}; nothing of it can be traced`)
      : this.#divergence(
          'extra',
          frame,
          undefined,
          `the run ends after ${frames.length} frames (${end}), and the trace goes on`,
        );
  }

  #format(frame: number, message: string, span: Span | undefined): Divergence {
    return { ...this.#divergence('format', frame, this.#truth.frames[this.#next], message), span: span ?? null };
  }

  #divergence(kind: DivergenceKind, frame: number, observed: Frame | undefined, message: string): Divergence {
    return {
      frame,
      line: observed?.line ?? null,
      function: observed?.function ?? null,
      kind,
      family: familyOf(kind),
      variables: [],
      predicted: null,
      observed: null,
      span: this.#claimed[frame]?.span ?? null,
      message,
    };
  }

  #result(result: TraceComparison['result'], matched: number, divergence: Divergence | null): TraceComparison {
    return {
      matched,
      steppedOver: this.#steppedOver,
      result,
      divergence,
      alignment: this.#alignment,
      lines: this.#lines,
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
