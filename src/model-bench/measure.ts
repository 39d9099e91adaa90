import { compareTraces } from '../../core/compare/trace.ts';
import { countVariables, type VariableCounts } from '../../core/compare/variable-score.ts';
import { Fault } from '../../core/fault.ts';
import { type Program, resolveProgram, sourceLines } from '../../core/program.ts';
import { parseTrace } from '../../neural/formats/index.ts';
import { promptedProgram } from '../simulate/prompted-program.ts';
import type { SimulateMode, SimulateResponse } from '../simulate/simulate-request.ts';
import type { SimulationEngine, Simulator } from '../simulate/simulator.ts';
import { resolveBudget } from '../verify/question.ts';

/** How each program is put to the model. */
export interface MeasureOptions {
  readonly predictor: string | undefined;
  readonly mode: SimulateMode;
  readonly temperature: number;
  readonly maxFrames: number;
  readonly maxMs: number;
  readonly signal: AbortSignal;
}

/** What came of one program. */
export type Measurement =
  | {
      readonly result: 'measured';
      readonly response: SimulateResponse;
      /** The whole text can be read as frames, up to its end. */
      readonly validFormat: boolean;
      readonly variables: VariableCounts;
    }
  /** Nothing can be said about the model: the run shows nothing, or the model does not take the program. */
  | { readonly result: 'left-out'; readonly reason: string };

/**
 * Has the model simulate one program, and measures what it wrote.
 *
 * @throws {Fault} where the model cannot be asked at all; the signal's reason where that fires
 */
export async function measureProgram(
  simulator: Simulator,
  engine: SimulationEngine,
  program: Program,
  options: MeasureOptions,
): Promise<Measurement> {
  try {
    return await measure(simulator, engine, { python: '3.10', ...program }, options);
  } catch (error) {
    // A program that does not fit is one row; a model that is not there is the end.
    if (error instanceof Fault && isOfProgram(error)) return { result: 'left-out', reason: error.message };
    throw error;
  }
}

async function measure(
  simulator: Simulator,
  engine: SimulationEngine,
  program: Program,
  { predictor, mode, temperature, maxFrames, maxMs, signal }: MeasureOptions,
): Promise<Measurement> {
  const limits = { temperature, max_frames: maxFrames, max_ms: maxMs };
  const request = { program, mode, ...(predictor !== undefined && { predictor }), ...limits };
  for await (const event of simulator.simulate(request, { signal })) {
    if (event.event !== 'done' || event.claim === undefined) continue;
    const { data: response, claim } = event;
    const { status, reason, predictor: figures } = response;
    if (status === 'inconclusive') return { result: 'left-out', reason: `inconclusive (${reason})` };
    const { stopped } = figures;
    if (stopped?.reason === 'predictor' || stopped?.reason === 'program') {
      return { result: 'left-out', reason: stopped.detail };
    }
    const resolved = resolveProgram(promptedProgram(program), '3.10');
    const claimed = parseTrace(claim, resolved.source);
    // An entry that takes arguments and was given none takes those of the first frame.
    const input = 'main' in resolved.entry ? claimed.frames[0]?.locals : undefined;
    const given = input === undefined ? {} : { input: Object.fromEntries(input) };
    const replay = { program: resolved, budget: resolveBudget(undefined), ...given };
    const { trace } = await engine.replay(replay, { signal });
    const comparison = compareTraces(claimed, trace, sourceLines(resolved.source));
    return {
      result: 'measured',
      response,
      validFormat: claimed.fault === undefined && claimed.ended,
      variables: countVariables(claimed, trace, comparison),
    };
  }
  throw new Error('the simulation told no end');
}

/** Whether a fault says something of one program, or of one answer, and not of the model as such. */
function isOfProgram({ code, errors }: Fault): boolean {
  if (code !== 'invalid-request') return code === 'predictor-failed' || code === 'predictor-timeout';
  return errors.some(({ path }) => path.startsWith('/program') || path === '/predictor');
}
