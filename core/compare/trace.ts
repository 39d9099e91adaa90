import type { Divergence } from '../divergence.ts';
import type { FrameSequence } from '../frame.ts';
import { type ClaimedTrace, haltedTrace, type Trace } from '../trace.ts';
import { TraceWalk } from './walk.ts';

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
  const alignment = new Int32Array(claim.frames.length).fill(-1);
  const walk = new TraceWalk(truth, lines);
  const readable = Math.min(claim.frames.length, claim.fault?.frame ?? claim.frames.length);
  const result = (name: TraceComparison['result'], matched: number, divergence: Divergence | null) => ({
    matched,
    steppedOver: walk.steppedOver,
    result: name,
    divergence,
    alignment,
    lines,
  });
  for (let index = 0; index < readable; index += 1) {
    const claimed = claim.frames[index];
    if (claimed === undefined) break;
    const step = walk.step(claimed);
    alignment[index] = step.at;
    if (step.result !== 'holds') return result(step.result, index, step.divergence);
  }
  const end = walk.end(claim);
  return result(end.result, end.matched, end.divergence);
}

/** Whether a claim is wrong within the first frames of a run, whatever follows them. */
export function divergesWithin(claim: ClaimedTrace, frames: FrameSequence, lines: readonly string[]): boolean {
  return compareTraces(claim, haltedTrace('divergence', '', frames), lines).result === 'differs';
}
