import { globSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OnnxOptions } from '../../../neural/providers/onnx/options.ts';
import { PredictorSet } from '../../../src/simulate/predictors.ts';
import { Simulator } from '../../../src/simulate/simulator.ts';
import { type Assay, createAssay } from '../../../src/verify/assay.ts';
import { ROOT } from '../../house/scratch.ts';
import { simulate } from './teacher.ts';

const EXAMPLES = globSync('examples/*.py', { cwd: ROOT }).toSorted();

let assay: Assay;
let predictors: PredictorSet;
let simulator: Simulator;
beforeAll(() => {
  assay = createAssay({ workers: 1, python: ['3.10'] });
  predictors = new PredictorSet({
    predictors: new Map([['nano', OnnxOptions.parse({ provider: 'onnx', device: 'cpu' })]]),
    fallback: 'nano',
  });
  simulator = new Simulator(assay, predictors);
});
afterAll(async () => {
  await predictors.close();
  await assay.close();
});

describe('the embedded model', () => {
  it.each(EXAMPLES.map((path) => basename(path)))(
    'simulates %s: guided to a verified end, free to a verdict',
    async (name) => {
      const program = { source: readFileSync(join(ROOT, 'examples', name), 'utf8') };
      const guided = await simulate(simulator, { program, mode: 'guided', temperature: 0 });
      expect(guided.done.status).toBe('verified');
      expect(guided.done.predictor).toMatchObject({ name: 'nano', execution: 'cpu' });
      const corrected = guided.frames.filter(({ corrected }) => corrected !== undefined);
      expect(corrected.length).toBe(guided.done.predictor.corrections.length);
      const free = await simulate(simulator, { program, mode: 'free', temperature: 0, max_frames: 100 });
      expect(['verified', 'corrected', 'refuted', 'incomplete']).toContain(free.done.status);
      if (free.done.status === 'verified') expect(guided.done.predictor.corrections).toEqual([]);
    },
  );
});
