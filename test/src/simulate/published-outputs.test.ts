import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { VerifyOptions, type VerifyResponse } from '../../../core/verdict.ts';
import { PredictorSet } from '../../../src/simulate/predictors.ts';
import { Simulator } from '../../../src/simulate/simulator.ts';
import { type Assay, createAssay } from '../../../src/verify/assay.ts';
import { simulate } from './teacher.ts';

interface Row {
  readonly id: string;
  readonly context: string;
  readonly output: string;
}

const FILE = fileURLToPath(new URL('../../../../shared/data/cwm-outputs.jsonl', import.meta.url));
const ABSENT = existsSync(FILE) ? undefined : '../shared/data/cwm-outputs.jsonl is absent';

/** Runs that use up the budget are not put to a model, so nothing of their recording is compared. */
const OVER_BUDGET: ReadonlySet<string> = new Set(['humaneval/HumanEval_75_tc4', 'humaneval/HumanEval_147_tc3']);

const rows: Row[] =
  ABSENT === undefined
    ? readFileSync(FILE, 'utf8')
        .trim()
        .split('\n')
        .map((line): Row => JSON.parse(line))
        .filter(({ id }) => !OVER_BUDGET.has(id))
    : [];

let assay: Assay;
let simulator: Simulator;
beforeAll(() => {
  assay = createAssay({ workers: 1 });
  const predictors = new Map([['old', { provider: 'recorded', file: FILE } as const]]);
  simulator = new Simulator(assay, new PredictorSet({ predictors, fallback: 'old' }));
});
afterAll(async () => {
  await simulator.predictors.close();
  await assay.close();
});

const said = ({ status, reason, frames, divergence, metrics }: VerifyResponse) => ({
  status,
  reason,
  frames,
  divergence,
  metrics,
});

describe('published outputs of CWM, as a recorded predictor', () => {
  it('are all there', ({ skip }) => {
    skip(ABSENT !== undefined, ABSENT);
    expect(rows).toHaveLength(89);
  });

  it.each(rows)('$id is judged as by verify, and goes wrong at the same frame on the way', async (row) => {
    const program = { source: row.context, python: '3.10' } as const;
    const { done, frames } = await simulate(simulator, { program, mode: 'free', max_frames: 100_000 });
    const claim = { kind: 'trace', format: 'cwm', text: row.output } as const;
    const verdict = await assay.verify({ program, claim, options: VerifyOptions.parse({ correction: false }) });
    expect(said(done)).toEqual(said(verdict));
    // A trace that breaks off, or is no trace any more, has no frame there that could be wrong.
    const { divergence } = verdict;
    const hasFrame = divergence !== null && divergence.kind !== 'short' && divergence.kind !== 'format';
    expect(frames.find(({ verdict: one }) => one === 'wrong')?.index).toBe(hasFrame ? divergence.frame : undefined);
    expect(frames.filter(({ verdict: one }) => one === 'right')).toHaveLength(verdict.frames.matched);
  });
});
