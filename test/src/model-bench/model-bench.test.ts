import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '../../../core/program.ts';
import { readRow } from '../../../src/model-bench/data.ts';
import { type MeasureOptions, measureProgram } from '../../../src/model-bench/measure.ts';
import { type ModelFigures, Tally } from '../../../src/model-bench/tally.ts';
import { renderModelFigures } from '../../../src/report/model-figures.ts';
import { type Assay, createAssay } from '../../../src/verify/assay.ts';
import { type Answer, stream } from '../../neural/predictors/model-server.ts';
import { simulatorOn, teacher, trueFrames } from '../simulate/teacher.ts';

const FREE: MeasureOptions = {
  predictor: undefined,
  mode: 'free',
  temperature: 0,
  maxFrames: 100,
  maxMs: 20_000,
  signal: new AbortController().signal,
};

/** Frames: main's call and line, f's call, three lines and its return, main's return. Variables: 0, 0, 1, 1, 2, 3. */
const PROGRAM: Program = {
  source: 'def f(n):\n    a = n\n    b = a\n    return b\n',
  entry: { call: 'f(1)' },
};

let assay: Assay;
let frames: string[];
beforeAll(async () => {
  assay = createAssay({ workers: 1 });
  frames = await trueFrames(assay, PROGRAM);
});
afterAll(() => assay.close());

async function measureOn(answer: Answer, programs: readonly Program[], options = FREE): Promise<ModelFigures> {
  const { simulator, close } = await simulatorOn(assay, answer);
  try {
    const tally = new Tally(options.mode);
    for (const program of programs) tally.add(await measureProgram(simulator, assay, program, options));
    return tally.figures();
  } finally {
    await close();
  }
}

const replaced = (at: number, from: string, to: string) => new Map([[at, frames[at]?.replace(from, to) ?? '']]);

describe('the figures of a model', () => {
  it('are 100 % where all is right', async () => {
    const figures = await measureOn(teacher(frames), [PROGRAM, PROGRAM]);
    expect(figures.shares).toEqual({
      valid_format: { part: 2, whole: 2 },
      state_exact: { part: 16, whole: 16 },
      action_exact: { part: 16, whole: 16 },
      key_match: { part: 14, whole: 14 },
      key_value_match: { part: 14, whole: 14 },
      pass_at_1: { part: 2, whole: 2 },
      whole_trace: { part: 2, whole: 2 },
      frames_right: { part: 14, whole: 14 },
    });
    expect(figures).toMatchObject({ programs: 2, left_out: {}, stopped: {}, kinds: {}, predicted_frames: 14 });
    expect(figures.lengths).toEqual([{ from: 1, to: 10, programs: 2, control: 0, state: 0, format: 0, none: 2 }]);
  });

  it('tell a wrong value from a wrong name, a wrong line and a wrong result', async () => {
    const value = await measureOn(teacher(frames, replaced(4, '"a": "1"', '"a": "7"')), [PROGRAM]);
    expect(value.shares).toMatchObject({
      state_exact: { part: 6, whole: 8 },
      action_exact: { part: 8, whole: 8 },
      key_match: { part: 7, whole: 7 },
      key_value_match: { part: 5, whole: 7 },
      pass_at_1: { part: 1, whole: 1 },
      whole_trace: { part: 0, whole: 1 },
      frames_right: { part: 3, whole: 4 },
    });
    expect(value).toMatchObject({ kinds: { value: 1 }, lengths: [{ state: 1, none: 0 }] });

    const name = await measureOn(teacher(frames, replaced(4, '"a": "1"', '"z": "1"')), [PROGRAM]);
    expect(name.shares).toMatchObject({ key_match: { part: 6, whole: 7 }, pass_at_1: { part: 1, whole: 1 } });
    expect(name.kinds).toEqual({ keys: 1 });

    const line = await measureOn(teacher(frames, replaced(4, '    b = a', '    a = n')), [PROGRAM]);
    expect(line.shares).toMatchObject({ action_exact: { part: 7, whole: 8 }, state_exact: { part: 8, whole: 8 } });
    expect(line).toMatchObject({ kinds: { action: 1 }, lengths: [{ control: 1, none: 0 }] });

    const result = await measureOn(teacher(frames, replaced(7, '"1"', '"2"')), [PROGRAM]);
    expect(result.shares).toMatchObject({ pass_at_1: { part: 0, whole: 1 }, valid_format: { part: 1, whole: 1 } });
    expect(result.kinds).toEqual({ argument: 1 });
  });

  it('count text that breaks off, or is none, as an invalid format', async () => {
    for (const text of ['no frames at all', `${frames[1]}<|line_sep|>{"n": `]) {
      const { shares, kinds } = await measureOn((response) => stream(response, text, 'length'), [PROGRAM]);
      expect(shares.valid_format).toEqual({ part: 0, whole: 1 });
      expect(shares.pass_at_1.part).toBe(0);
      expect(Object.keys(kinds)).toHaveLength(1);
    }
  });

  it('count each frame of a guided run, given the true ones before it', async () => {
    const wrong = new Map([...replaced(4, '"a": "1"', '"a": "7"'), ...replaced(7, '"1"', '"2"')]);
    const { shares, corrections, kinds } = await measureOn(teacher(frames, wrong), [PROGRAM], {
      ...FREE,
      mode: 'guided',
    });
    expect(corrections).toBe(2);
    expect(shares).toMatchObject({ frames_right: { part: 5, whole: 7 }, whole_trace: { part: 0, whole: 1 } });
    expect(kinds).toEqual({ value: 1 });
  });

  it('leave out what says nothing of the model, and say why', async () => {
    const endless = { source: 'def f():\n    while True:\n        pass\n', entry: { call: 'f()' } };
    const broken = { source: '1 / 0\ndef f():\n    return 1\n', entry: { call: 'f()' } };
    const lines = { ...PROGRAM, entry: { call: 'f(\n1)' } };
    const figures = await measureOn(teacher(frames), [PROGRAM, endless, broken, lines]);
    expect(figures.programs).toBe(1);
    expect(figures.left_out).toEqual({
      'inconclusive (budget)': 1,
      'the program raises ZeroDivisionError at line 1 before its entry is called: division by zero': 1,
      'The call must be one line to be shown in a prompt.': 1,
    });
    const text = renderModelFigures(figures, 'set.jsonl');
    expect(text).toContain('teacher (openai, m, remote), free, 1 programs of set.jsonl');
    expect(text).toContain('pass@1           100.00 %  1 of 1 results');
    expect(text).toMatch(/^left out: 3 \(/m);
  }, 30_000);

  it('are not made up where no model answers', async () => {
    const { simulator, server, close } = await simulatorOn(assay, teacher(frames));
    await server.close();
    await expect(measureProgram(simulator, assay, PROGRAM, FREE)).rejects.toMatchObject({
      code: 'predictor-unavailable',
    });
    await close();
  });
});

describe('readRow', () => {
  it('takes rows of CRUXEval, requests, and marked sources', () => {
    expect(readRow('{"code": "def f(a, b):\\n    return a", "input": "1, 2", "output": "1", "id": "s"}', 3)).toEqual({
      id: 's',
      program: { source: 'def f(a, b):\n    return a', entry: { call: 'f(1, 2)' } },
    });
    expect(readRow(JSON.stringify({ program: PROGRAM, claim: {} }), 3)).toEqual({ id: '3', program: PROGRAM });
    expect(readRow('{"context": "x", "output": "y"}', 1).program).toEqual({ source: 'x' });
  });

  it('refuses the rest', () => {
    for (const line of ['{', '7', '{}', '{"code": "x"}', '{"program": {"sauce": ""}}']) {
      expect(() => readRow(line, 1)).toThrow(SyntaxError);
    }
  });
});
