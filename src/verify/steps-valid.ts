import type { ClaimedStep, ForcedStates } from '../../bridges/python/forced-states.ts';
import type { ReplayRequest } from '../../bridges/python/run.ts';
import { compareFrame, type Memory } from '../../core/compare/frame.ts';
import { resolveClaimedStates } from '../../core/compare/score.ts';
import { bareLine, type SourceText, sourceText } from '../../core/compare/source-text.ts';
import type { ClaimedFrame, Frame } from '../../core/frame.ts';
import type { CallOptions } from './assay.ts';
import { divergentTrueFrame, type TraceEvidence } from './kinds/trace.ts';
import type { Engine } from './pipeline.ts';

export interface ValidSteps {
  /** Share of the claim's transitions that hold given the claimed state before them, in [0, 1]. */
  readonly share: number;
  readonly queueMs: number;
  readonly replayMs: number;
}

/**
 * Tells first mistakes from their echoes. Up to the first divergence every transition holds, and the one into it does
 * not. Behind it the program is run once more, with the claim's locals put in place of its own before each step; a
 * transition holds if the next claimed frame is what that step leads to. Where the claim cannot be followed any further,
 * because it takes another line than the program would from the same state, the rest counts as not holding.
 */
export async function shareOfValidSteps(
  engine: Engine,
  request: ReplayRequest,
  evidence: TraceEvidence,
  call: CallOptions,
): Promise<ValidSteps> {
  const { claimed, truth, comparison } = evidence;
  const transitions = claimed.frames.length - 1;
  const none = { queueMs: 0, replayMs: 0 };
  if (transitions < 1) return { share: comparison.result === 'agrees' ? 1 : 0, ...none };
  const before = Math.max(0, comparison.matched - 1);
  const unfollowable = comparison.divergence === null || comparison.matched >= transitions;
  if (call.ledRun === false || unfollowable || truth.frames.length === 0 || truth.outcome.kind === 'halted') {
    return { share: before / transitions, ...none };
  }
  const states = resolveClaimedStates(claimed);
  const forced = forcedStates(evidence, states);
  const { trace, queueMs, replayMs } = await engine.pool(request.program.python).replay({ ...request, forced }, call);
  const after = countEchoes(evidence, states, trace.frames.slice(forced.from));
  return { share: (before + after) / transitions, queueMs, replayMs };
}

/** The state of each claimed frame, by its index. */
type ClaimedStates = ReturnType<typeof resolveClaimedStates>;

function forcedStates(evidence: TraceEvidence, states: ClaimedStates): ForcedStates {
  const { claimed, comparison } = evidence;
  const steps = claimed.frames.slice(comparison.matched).map((frame, offset): ClaimedStep => {
    const locals = states[comparison.matched + offset];
    return {
      events: frame.events,
      line: frame.line ?? null,
      source: frame.source === undefined ? null : bareLine(frame.source),
      locals: locals === null || locals === undefined ? null : [...locals],
    };
  });
  return { from: divergentTrueFrame(evidence), steps, lines: comparison.lines.map(bareLine) };
}

/** How many transitions behind the divergence hold. `led[0]` is the divergent frame itself. */
function countEchoes({ claimed, comparison }: TraceEvidence, states: ClaimedStates, led: readonly Frame[]): number {
  const source = sourceText(comparison.lines);
  let valid = 0;
  for (let offset = 1; offset < led.length; offset++) {
    const index = comparison.matched + offset;
    const frame = claimed.frames[index];
    const actual = led[offset];
    if (frame === undefined || actual === undefined) break;
    const state = states[index];
    const absolute = state ? { ...frame, locals: state } : frame;
    const passed = passedOn(claimed.frames[index - 1], led[offset - 1], actual, source);
    const expected = passed === undefined ? actual : { ...actual, arg: passed };
    const holds = compareFrame(absolute, expected, NO_MEMORY, source) === null;
    if (holds) valid++;
  }
  return valid;
}

/** States are resolved already, so nothing is remembered. */
const NO_MEMORY: Memory = null;

const RETURN_CALL = /^\s*return\s+([\w.]+)\(/;

/** Name of the function that a line of the form `return f(…)` calls; undefined where anything follows the call. */
function returnedCallee(line: string): string | undefined {
  const match = RETURN_CALL.exec(line);
  if (match === null) return undefined;
  let depth = 1;
  let quote = '';
  for (let index = match[0].length; index < line.length; index++) {
    const character = line[index] as string;
    if (quote !== '') {
      if (character === '\\') index++;
      else if (character === quote) quote = '';
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if ('([{'.includes(character)) {
      depth++;
    } else if (')]}'.includes(character) && --depth === 0) {
      return index === line.length - 1 ? match[1]?.split('.').at(-1) : undefined;
    }
  }
  return undefined;
}

/**
 * The claimed result that a claim's next step must return: the run cannot be made to return what the claim says, but a
 * line that reads `return f(…)` returns what `f` returned. Undefined where the step returns a value of its own.
 */
function passedOn(
  before: ClaimedFrame | undefined,
  actualBefore: Frame | undefined,
  actual: Frame,
  source: SourceText,
): string | undefined {
  if (actualBefore?.event !== 'return' || actual.event !== 'return') return undefined;
  return returnedCallee(source.line(actual.line)) === actualBefore.function ? before?.arg : undefined;
}
