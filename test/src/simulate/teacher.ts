import type { Program } from '../../../core/program.ts';
import { OpenAiOptions } from '../../../neural/providers/openai/options.ts';
import { PredictorSet } from '../../../src/simulate/predictors.ts';
import { promptedProgram } from '../../../src/simulate/prompted-program.ts';
import type { SimulatedFrame, SimulateRequest, SimulateResponse } from '../../../src/simulate/simulate-request.ts';
import { Simulator } from '../../../src/simulate/simulator.ts';
import type { Assay } from '../../../src/verify/assay.ts';
import { type Answer, type ModelServer, startModelServer, stream } from '../../neural/predictors/model-server.ts';

const SEPARATOR = '<|frame_sep|>';

/** The frames of a true trace as text, each with its separator. */
export async function trueFrames(assay: Assay, program: Program): Promise<string[]> {
  const { text = '' } = await assay.trace({ program: { ...promptedProgram(program), python: '3.10' }, format: 'cwm' });
  return text
    .split(SEPARATOR)
    .slice(0, -1)
    .map((frame) => frame + SEPARATOR);
}

/**
 * A model that knows a trace, and says something else at some places the first time that it comes there.
 *
 * @param wrong what it says in place of a frame, by index; an empty text ends its trace there
 */
export function teacher(frames: readonly string[], wrong: ReadonlyMap<number, string> = new Map()): Answer {
  return (response, { prompt, stop }) => {
    const given = String(prompt).split(SEPARATOR).length - 2;
    const rest = frames.slice(given).map((frame, offset) => wrong.get(given + offset) ?? frame);
    const end = rest.indexOf('');
    const told = end < 0 ? rest : rest.slice(0, end);
    stream(response, stop === undefined ? told.join('') : (told[0] ?? '').replace(SEPARATOR, ''));
  };
}

/** A simulator on a model server. */
export async function simulatorOn(
  assay: Assay,
  answer: Answer,
  options: object = {},
  directory = '.',
): Promise<{ simulator: Simulator; server: ModelServer; close: () => Promise<void> }> {
  const server = await startModelServer(answer);
  const configured = OpenAiOptions.parse({
    provider: 'openai',
    url: server.url,
    model: 'm',
    timeout_ms: 10_000,
    idle_ms: 1_000,
    retries: 0,
    ...options,
  });
  const predictors = new PredictorSet({
    predictors: new Map([['teacher', configured]]),
    fallback: 'teacher',
    directory,
    environment: {},
  });
  const simulator = new Simulator(assay, predictors);
  return {
    simulator,
    server,
    close: async () => {
      await predictors.close();
      await server.close();
    },
  };
}

export interface Simulated {
  readonly frames: readonly SimulatedFrame[];
  readonly done: SimulateResponse;
}

/** Runs a simulation to its end. */
export async function simulate(simulator: Simulator, request: SimulateRequest): Promise<Simulated> {
  const frames: SimulatedFrame[] = [];
  let done: SimulateResponse | undefined;
  for await (const event of simulator.simulate(request)) {
    if (event.event === 'frame') frames.push(event.data);
    else done = event.data;
  }
  if (done === undefined) throw new Error('the simulation told no end');
  return { frames, done };
}
