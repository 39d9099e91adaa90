import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '../../../core/program.ts';
import { TOKEN_IDS, TOKEN_NAMES, tagOf } from '../../../neural/formats/cwm/tokens.ts';
import type { Simulator } from '../../../src/simulate/simulator.ts';
import { type Assay, createAssay } from '../../../src/verify/assay.ts';
import { byteTokenizer } from '../../neural/predictors/byte-tokenizer.ts';
import { type Answer, beginStream, event, stream } from '../../neural/predictors/model-server.ts';
import { simulate, simulatorOn, teacher, trueFrames } from './teacher.ts';

const SUM: Program = {
  source: 'def total(items):\n    result = 0\n    for item in items:\n        result += item\n    return result\n',
  entry: { call: 'total([3, 4])' },
};
const NESTED: Program = {
  source: 'def g(x):\n    y = x * 2\n    return y\ndef f(x):\n    a = g(x)\n    b = g(a)\n    return b\n',
  entry: { call: 'f(1)' },
};
const RAISES: Program = { source: 'def f(d):\n    return d["x"]\n', entry: { call: 'f({})' } };

let assay: Assay;
let sum: string[];
beforeAll(async () => {
  assay = createAssay({ workers: 1 });
  sum = await trueFrames(assay, SUM);
});
afterAll(() => assay.close());

const open: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function on(answer: Answer, options: object = {}) {
  const started = await simulatorOn(assay, answer, options);
  open.push(started.close);
  return started;
}

const counts = (simulator: Simulator, program: Program) => simulate(simulator, { program });

describe('a guided simulation', () => {
  it('of a model that is right asks it once and corrects nothing', async () => {
    const { simulator, server } = await on(teacher(sum));
    const { frames, done } = await counts(simulator, SUM);
    expect(done).toMatchObject({ status: 'verified', kind: 'trace' });
    expect(done.predictor).toMatchObject({
      name: 'teacher',
      provider: 'openai',
      model: 'm',
      execution: 'remote',
      mode: 'guided',
      right: sum.length - 1,
      corrections: [],
      requests: 1,
      stopped: null,
    });
    expect(frames.map(({ verdict }) => verdict)).toEqual(['given', ...sum.slice(1).map(() => 'right')]);
    expect(frames.map(({ observed }) => observed)).toEqual(sum);
    expect(server.requests.length).toBe(1);
  });

  it('puts the true frame back at each mistake, says of which kind it was, and ends verified', async () => {
    const wrong = new Map([
      // A wrong value, a wrong line, no frame at all, and the end of the trace.
      [4, sum[4]?.replace('"0"', '"7"') ?? ''],
      [7, sum[7]?.replace('        result += item', '    return result') ?? ''],
      [8, '<|line_sep|>[1, 2]<|frame_sep|>'],
      [9, ''],
    ]);
    const { simulator, server } = await on(teacher(sum, wrong));
    const { frames, done } = await counts(simulator, SUM);
    expect(done).toMatchObject({ status: 'verified', divergence: null });
    expect(done.predictor.corrections.map(({ frame, kind }) => [frame, kind])).toEqual([
      [4, 'value'],
      [7, 'action'],
      [8, 'format'],
      [9, 'short'],
    ]);
    expect(done.predictor.mistakes).toEqual({ control: 2, state: 1, format: 1 });
    expect(done.predictor.requests).toBe(server.requests.length);
    const corrected = frames.filter(({ verdict }) => verdict === 'wrong');
    expect(corrected.map((frame) => frame.corrected)).toEqual([4, 7, 8, 9].map((index) => sum[index]));
    expect(corrected.map(({ predicted }) => predicted === null)).toEqual([false, false, false, true]);
    expect(frames.map(({ index }) => index)).toEqual(sum.map((_, index) => index));
    // Each time the model is asked anew, it is given the true frames so far, the corrected one at their end.
    const prompts = server.requests.map(({ prompt }) => String(prompt));
    expect(prompts.slice(1).map((prompt) => prompt.endsWith(sum.slice(0, 5).join('')))).toContain(true);
  });

  it('notes frames behind the end, and is verified all the same', async () => {
    const { simulator } = await on(teacher([...sum, sum.at(-1) ?? '']));
    const { done } = await counts(simulator, SUM);
    expect(done.status).toBe('verified');
    expect(done.predictor.corrections).toMatchObject([{ kind: 'extra', family: 'control' }]);
  });

  it('lets a model step over whole calls, but not out of one that it has entered', async () => {
    const all = await trueFrames(assay, NESTED);
    // main, f and its first line; then g's inside: call, 2 lines, return.
    const inside = all.findIndex((frame) => frame.includes('def g'));
    const whole = await on(teacher([...all.slice(0, inside), ...all.slice(inside + 4)]));
    const over = await counts(whole.simulator, NESTED);
    expect(over.done).toMatchObject({ status: 'verified', frames: { stepped_over: 4 } });
    expect(over.done.predictor.corrections).toEqual([]);

    const hollow = [...all.slice(0, inside + 1), ...all.slice(inside + 3)];
    const left = await on((response, body, turn) => teacher(turn === 0 ? hollow : all)(response, body, turn));
    const { done } = await counts(left.simulator, NESTED);
    expect(done).toMatchObject({ status: 'verified', frames: { stepped_over: 0 } });
    expect(done.predictor.corrections).toMatchObject([{ frame: inside + 1, kind: 'event' }]);
  });

  it('follows exceptions to their end', async () => {
    const { simulator } = await on(teacher(await trueFrames(assay, RAISES)));
    const { done } = await counts(simulator, RAISES);
    expect(done).toMatchObject({ status: 'verified', output: { raises: 'KeyError' } });
  });

  it('takes the arguments that the model chooses for an entry that has none', async () => {
    const program: Program = { source: 'def f(x):  # << START_OF_TRACE\n    return x + 1\n' };
    const frames = [
      '<|call_sep|>{"x": "3"}<|action_sep|>def f(x):  # << START_OF_TRACE\n<|frame_sep|>',
      '<|line_sep|>{"x": ".."}<|action_sep|>    return x + 1\n<|frame_sep|>',
      '<|return_sep|><|action_sep|>    return x + 1\n<|arg_sep|>"5"<|frame_sep|>',
    ];
    const { simulator } = await on(teacher(frames));
    const { done } = await simulate(simulator, { program });
    expect(done).toMatchObject({ status: 'verified', output: { returns: '4' } });
    expect(done.predictor.corrections).toMatchObject([{ frame: 2, kind: 'argument' }]);
    const free = await simulate(simulator, { program, mode: 'free' });
    expect(free.done).toMatchObject({ status: 'refuted', divergence: { frame: 2, kind: 'argument' } });
    expect(free.frames.map(({ verdict }) => verdict)).toEqual(['right', 'right', 'wrong']);
  });

  it('reads a server that drops the special tokens', async () => {
    const stripped = sum.map((frame) => frame.replaceAll(/<\|[a-z_]+\|>/g, ''));
    const { simulator } = await on((response, { prompt }) => {
      const given = String(prompt).split('<|frame_sep|>').length - 2;
      stream(response, stripped.slice(given).join(''));
    });
    const { done } = await counts(simulator, SUM);
    expect(done.status).toBe('verified');
    expect(done.predictor.corrections).toEqual([]);
  });
});

describe('a free simulation', () => {
  it('of a model that is right is verified', async () => {
    const { simulator } = await on(teacher(sum));
    const { done, frames } = await simulate(simulator, { program: SUM, mode: 'free' });
    expect(done).toMatchObject({ status: 'verified', frames: { claimed: sum.length } });
    expect(frames.filter(({ verdict }) => verdict === 'right').length).toBe(sum.length - 1);
  });

  it('tells the first cause from its echoes', async () => {
    // After the wrong value the model goes on as the program would from it.
    const wrong = sum.map((frame, index) =>
      index < 4 ? frame : frame.replaceAll('"0"', '"1"').replaceAll('"3"}', '"3"}'),
    );
    const { simulator } = await on(teacher(wrong));
    const { done, frames } = await simulate(simulator, { program: SUM, mode: 'free' });
    expect(done.status).toBe('refuted');
    expect(done.predictor.mistakes).toEqual({ control: 0, state: 1, format: 0 });
    expect(done.predictor.echoes + done.predictor.unfollowed).toBe(done.frames.claimed - done.frames.matched - 1);
    expect(done.predictor.echoes).toBeGreaterThan(0);
    const first = frames.findIndex(({ verdict }) => verdict === 'wrong');
    expect(first).toBe(done.divergence?.frame);
    expect(frames.slice(first + 1).every(({ verdict }) => verdict === 'unjudged')).toBe(true);
  });

  it('says what `assay verify` says of the same text, stripped or not', async () => {
    for (const strip of [false, true]) {
      const told = strip ? sum.map((frame) => frame.replaceAll(/<\|[a-z_]+\|>/g, '')) : sum;
      const { simulator } = await on((response) => stream(response, told.slice(1).join(''), 'length'));
      const { done } = await simulate(simulator, { program: SUM, mode: 'free' });
      expect(done.status).toBe('verified');
    }
  });
});

describe('a model that misbehaves', () => {
  const LIMITS = { max_frames: 50, max_ms: 20_000 };
  const endless: [string, Answer][] = [
    ['writes frames for ever', (response) => repeat(response, '<|line_sep|>{}<|action_sep|>x = 1\n<|frame_sep|>')],
    ['writes a separator for ever', (response) => repeat(response, '<|frame_sep|>')],
    ['never writes a separator', (response) => repeat(response, '<|line_sep|>{"a": "')],
    ['writes noise', (response) => repeat(response, '\ufffd\u0000{"')],
    ['writes what is no text', (response) => repeat(response, '\ud800')],
    [
      'writes frames of another program',
      teacher(['<|call_sep|>{}<|action_sep|>def other():\n<|frame_sep|>'.repeat(2)]),
    ],
    ['says nothing', (response) => stream(response, '')],
  ];

  function repeat(response: Parameters<Answer>[0], text: string): void {
    beginStream(response);
    const one = event(text.repeat(Math.ceil(20_000 / text.length)));
    let sent = 0;
    const more = () => {
      while (sent < 600 && !response.destroyed) {
        sent += 1;
        if (!response.write(one)) {
          response.once('drain', more);
          return;
        }
      }
      response.end(event('', 'length'));
    };
    more();
  }

  it.each(endless)('and %s is bounded, gets a verdict, and harms nobody', async (_what, answer) => {
    let misbehaves = true;
    const { simulator } = await on((response, body, turn) => {
      if (misbehaves) return answer(response, body, turn);
      return teacher(sum)(response, body, turn);
    });
    const guided = await simulate(simulator, { program: SUM, ...LIMITS });
    expect(guided.done.status).toBe('verified');
    expect(guided.done.predictor.corrections.length).toBeGreaterThan(0);
    const free = await simulate(simulator, { program: SUM, mode: 'free', ...LIMITS });
    expect(['refuted', 'incomplete']).toContain(free.done.status);
    misbehaves = false;
    expect((await simulate(simulator, { program: SUM })).done.status).toBe('verified');
  });

  it('and breaks off gives the frames so far, and says so', async () => {
    const { simulator } = await on((response) => {
      beginStream(response);
      response.write(event(sum.slice(1, 4).join('')), () => setTimeout(() => response.destroy(), 20));
    });
    for (const mode of ['free', 'guided'] as const) {
      const { done, frames } = await simulate(simulator, { program: SUM, mode });
      expect(done).toMatchObject({ status: 'incomplete', frames: { matched: 4 } });
      expect(done.predictor.stopped?.reason).toBe('predictor');
      expect(frames.length).toBe(4);
    }
  });

  it('or answers too slowly is stopped when its time is over', async () => {
    const { simulator } = await on((response) => {
      beginStream(response);
      response.write(event(sum[1] ?? ''));
    });
    const { done } = await simulate(simulator, { program: SUM, max_ms: 300 });
    expect(done).toMatchObject({ status: 'incomplete', predictor: { stopped: { reason: 'time' } } });
  });

  it('or cannot be asked is a fault of its own kind', async () => {
    const { simulator, server } = await on((response) => response.writeHead(400).end());
    await expect(simulate(simulator, { program: SUM })).rejects.toMatchObject({ code: 'predictor-failed' });
    await server.close();
    await expect(simulate(simulator, { program: SUM })).rejects.toMatchObject({ code: 'predictor-unavailable' });
  });
});

describe('limits and requests', () => {
  it('stops after the frames that are allowed', async () => {
    const { simulator } = await on(teacher(sum));
    const { done } = await simulate(simulator, { program: SUM, max_frames: 3 });
    expect(done).toMatchObject({ status: 'incomplete', predictor: { frames: 3, stopped: { reason: 'frames' } } });
  });

  it('does not ask for ever a model that writes no frames', async () => {
    const { simulator, server } = await on((response) => stream(response, 'Let me think.', 'length'));
    const { done } = await simulate(simulator, { program: SUM, max_frames: 4 });
    expect(done).toMatchObject({ status: 'incomplete', predictor: { frames: 0, stopped: { reason: 'frames' } } });
    expect(server.requests.length).toBe(4);
  });

  it('ends with what there is where the predictors are closed', async () => {
    const { simulator } = await on((response) => {
      beginStream(response);
      response.write(event(sum[1] ?? ''));
    });
    const events = simulator.simulate({ program: SUM });
    await events.next();
    await events.next();
    const last = events.next();
    await simulator.predictors.close();
    expect(await last).toMatchObject({
      value: { event: 'done', data: { status: 'incomplete', predictor: { stopped: { reason: 'predictor' } } } },
    });
  });

  it('does not ask a model about a run that shows nothing', async () => {
    const { simulator, server } = await on(teacher(sum));
    const program = { source: 'def f():\n    while True:\n        pass\n', entry: { call: 'f()' } };
    const { done } = await simulate(simulator, { program, budget: { steps: 100 } });
    expect(done).toMatchObject({
      status: 'inconclusive',
      reason: 'budget',
      predictor: { stopped: { reason: 'program' } },
    });
    expect(server.requests.length).toBe(0);
  });

  it('does not ask a model about an entry that is never reached', async () => {
    const { simulator, server } = await on(teacher(sum));
    for (const source of ['1 / 0\ndef f():\n    return 1\n', 'def f(:\n']) {
      for (const mode of ['free', 'guided'] as const) {
        const { done, frames } = await simulate(simulator, { program: { source, entry: { call: 'f()' } }, mode });
        expect([done.status, frames]).toEqual(['refuted', []]);
        expect(done.predictor.stopped).toMatchObject({
          reason: 'program',
          detail: expect.stringContaining('before its'),
        });
      }
    }
    expect(server.requests.length).toBe(0);
  });

  it('stops the model when the caller has gone', async () => {
    const { simulator, server } = await on((response) => {
      beginStream(response);
      response.write(event(sum[1] ?? ''));
    });
    const gone = new AbortController();
    const events = simulator.simulate({ program: SUM }, { signal: gone.signal });
    await events.next();
    await events.next();
    gone.abort();
    await expect(events.next()).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => server.abandoned(), { timeout: 5_000 }).toBe(1);
  });

  it('names the predictors that there are', async () => {
    const { simulator } = await on(teacher(sum));
    await expect(simulate(simulator, { program: SUM, predictor: 'gpt' })).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('there are teacher'),
    });
  });
});

describe('a server that answers at once, with ids', () => {
  const DIALECT = { dialect: 'cwm', tokenizer: 'tokenizer.json' };
  let directory: string;
  beforeAll(() => {
    directory = mkdtempSync(join(tmpdir(), 'assay-ids-'));
    writeFileSync(join(directory, 'tokenizer.json'), JSON.stringify(byteTokenizer()));
  });
  afterAll(() => rmSync(directory, { recursive: true }));

  /** Knows a trace; stops behind the separator where that is asked for, as CWM's server does. */
  const idTeacher =
    (frames: readonly string[]): Answer =>
    (response, { prompt, stop }) => {
      const given = (prompt as readonly number[]).filter((id) => id === TOKEN_IDS.frame_sep).length - 1;
      const rest = frames.slice(given, stop === undefined ? undefined : given + 1);
      const tokens = rest.flatMap(idsOf);
      if (stop === undefined || rest.length === 0) tokens.push(TOKEN_IDS.end_of_text);
      response.end(JSON.stringify({ choices: [{ text: 'ignored', tokens, finish_reason: 'length' }] }));
    };

  const idsOf = (text: string) =>
    text.split(/(<\|[a-z_]+\|>)/).flatMap((part) => {
      const name = TOKEN_NAMES.find((known) => tagOf(known) === part);
      return name === undefined ? [...Buffer.from(part)] : [TOKEN_IDS[name]];
    });

  it('is asked for one frame at a time when guided, and for all when free', async () => {
    const started = await simulatorOn(assay, idTeacher(sum), DIALECT, directory);
    open.push(started.close);
    const guided = await simulate(started.simulator, { program: SUM });
    expect(guided.done).toMatchObject({ status: 'verified', predictor: { corrections: [], right: sum.length - 1 } });
    expect(started.server.requests.length).toBe(sum.length - 1);
    const free = await simulate(started.simulator, { program: SUM, mode: 'free' });
    expect(free.done).toMatchObject({ status: 'verified', predictor: { requests: 1 } });
  });

  it('is corrected as any other', async () => {
    const wrong = sum.map((frame, index) => (index === 4 ? frame.replace('"0"', '"8"') : frame));
    const started = await simulatorOn(assay, idTeacher(wrong), DIALECT, directory);
    open.push(started.close);
    const { done } = await simulate(started.simulator, { program: SUM });
    expect(done).toMatchObject({ status: 'verified', predictor: { corrections: [{ frame: 4, kind: 'value' }] } });
  });
});

describe('the examples', () => {
  it.each(['binary_search', 'collatz', 'fib_memo', 'rotate'])('%s is followed to its end', async (name) => {
    const program = { source: readFileSync(new URL(`../../../examples/${name}.py`, import.meta.url), 'utf8') };
    const frames = await trueFrames(assay, program);
    const middle = Math.floor(frames.length / 2);
    const { simulator } = await on(
      teacher(frames, new Map([[middle, '<|return_sep|><|action_sep|>x\n<|arg_sep|>"0"<|frame_sep|>']])),
    );
    const { done } = await simulate(simulator, { program });
    expect(done.status).toBe('verified');
    expect(done.predictor.corrections.length).toBe(1);
  });
});
