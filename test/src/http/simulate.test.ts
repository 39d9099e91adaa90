import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { OpenAiOptions } from '../../../neural/providers/openai/options.ts';
import { toEvent, withHeartbeat } from '../../../src/http/event-stream.ts';
import type { HttpServer } from '../../../src/http/server.ts';
import { createServer } from '../../../src/http/server.ts';
import { PredictorSet } from '../../../src/simulate/predictors.ts';
import { SimulatedFrame, SimulateResponse } from '../../../src/simulate/simulate-request.ts';
import { type Assay, createAssay } from '../../../src/verify/assay.ts';
import { type Answer, beginStream, event, type ModelServer } from '../../neural/predictors/model-server.ts';
import { simulatorOn, teacher, trueFrames } from '../simulate/teacher.ts';

const program = {
  source: 'def f(n):\n    total = 0\n    for k in range(n):\n        total += k\n    return total\n',
  entry: { call: 'f(3)' },
};

let assay: Assay;
let server: HttpServer;
let url: string;
let model: ModelServer;
let frames: string[];
let answer: Answer;
let close: () => Promise<void>;

beforeAll(async () => {
  assay = createAssay({ workers: 1 });
  frames = await trueFrames(assay, program);
  const started = await simulatorOn(assay, (response, body, turn) => answer(response, body, turn));
  ({ server: model, close } = started);
  server = createServer(assay, { predictors: started.simulator.predictors });
  url = `${await server.listen({ host: '127.0.0.1', port: 0 })}/v1/simulate`;
});
afterAll(async () => {
  await server.close();
  await close();
  await assay.close();
});

const ask = (body: unknown, signal?: AbortSignal) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    ...(signal && { signal }),
  });

async function eventsOf(response: Response): Promise<{ event: string; data: unknown }[]> {
  const messages: EventSourceMessage[] = [];
  createParser({ onEvent: (message) => messages.push(message) }).feed(await response.text());
  return messages.map(({ event: name = '', data }) => ({ event: name, data: JSON.parse(data) }));
}

it('streams each frame as an event, and the verdict with the figures at the end', async () => {
  answer = teacher(frames, new Map([[5, frames[5]?.replace('"0"', '"9"') ?? '']]));
  const response = await ask({ program, predictor: 'teacher', mode: 'guided', max_frames: 100, temperature: 0 });
  expect(response.headers.get('content-type')).toContain('text/event-stream');
  const events = await eventsOf(response);
  expect(events.map(({ event: name }) => name)).toEqual([...frames.map(() => 'frame'), 'done']);
  for (const { event: name, data } of events) {
    if (name === 'frame') SimulatedFrame.parse(data);
  }
  const done = SimulateResponse.parse(events.at(-1)?.data);
  expect(done).toMatchObject({ status: 'verified', predictor: { corrections: [{ frame: 5, kind: 'value' }] } });
  expect(events[5]?.data).toMatchObject({ index: 5, verdict: 'wrong', corrected: frames[5], observed: frames[5] });
});

it('answers what fails before the first event with a problem of its own status', async () => {
  answer = (response) => response.writeHead(400).end();
  const free = { program: { source: 'def f(x):  # << START_OF_TRACE\n    return x\n' }, mode: 'free' };
  for (const [body, status, code] of [
    [{ program, predictor: 'none' }, 400, 'invalid-request'],
    [{ program, mode: 'wild' }, 400, 'invalid-request'],
    [{ program, max_frames: 0 }, 400, 'invalid-request'],
    [{ program: { source: '' } }, 400, 'invalid-request'],
    [{ program: { ...program, entry: { call: 'f(\n3)' } } }, 400, 'invalid-request'],
    [free, 502, 'predictor-failed'],
  ] as const) {
    const response = await ask(body);
    expect([response.status, (await response.json()).code]).toEqual([status, code]);
    expect(response.headers.get('content-type')).toContain('problem+json');
  }
});

it('tells what fails later as an error event with a problem document', async () => {
  answer = (response) => response.writeHead(400).end();
  const events = await eventsOf(await ask({ program }));
  expect(events.map(({ event: name }) => name)).toEqual(['frame', 'error']);
  expect(events[1]?.data).toMatchObject({
    code: 'predictor-failed',
    status: 502,
    type: expect.stringMatching(/^urn:/),
  });
});

it('stops the model when the client hangs up, and answers the next one', async () => {
  answer = (response) => {
    beginStream(response);
    response.write(event(frames[1] ?? ''));
  };
  const before = model.abandoned();
  const gone = new AbortController();
  const response = await ask({ program }, gone.signal);
  await response.body?.getReader().read();
  gone.abort();
  await expect.poll(() => model.abandoned() - before, { timeout: 5_000 }).toBe(1);
  answer = teacher(frames);
  expect((await eventsOf(await ask({ program }))).at(-1)?.data).toMatchObject({ status: 'verified' });
});

it('lets so many in at one time, and another one when one is done', async () => {
  answer = (response) => {
    beginStream(response);
    response.write(event(frames[1] ?? ''));
  };
  const predictors = new PredictorSet({
    predictors: new Map([['m', OpenAiOptions.parse({ provider: 'openai', url: model.url, model: 'm' })]]),
    fallback: 'm',
  });
  const narrow = createServer(assay, { predictors, simulations: 1 });
  try {
    const there = `${await narrow.listen({ host: '127.0.0.1', port: 0 })}/v1/simulate`;
    const post = (signal?: AbortSignal) =>
      fetch(there, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ program }),
        ...(signal && { signal }),
      });
    const gone = new AbortController();
    const first = await post(gone.signal);
    await first.body?.getReader().read();
    const second = await post();
    expect([second.status, second.headers.get('retry-after'), (await second.json()).code]).toEqual([
      503,
      '5',
      'queue-full',
    ]);
    gone.abort();
    answer = teacher(frames);
    await expect.poll(async () => (await post()).status, { timeout: 5_000 }).toBe(200);
    // One that is refused takes no place either.
    expect(
      await fetch(there, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
    ).toMatchObject({
      status: 400,
    });
    await expect.poll(async () => (await post()).status, { timeout: 5_000 }).toBe(200);
  } finally {
    await predictors.close();
    await narrow.close();
  }
});

it('keeps a silent connection open with comments, and ends what it reads', async () => {
  let ended = false;
  async function* slow(): AsyncGenerator<string> {
    try {
      yield toEvent('frame', { text: 'a\nb' });
      await new Promise((resolve) => setTimeout(resolve, 250));
      yield toEvent('done', {});
    } finally {
      ended = true;
    }
  }
  const texts: string[] = [];
  for await (const text of withHeartbeat(slow(), 50)) texts.push(text);
  expect(texts[0]).toBe('event: frame\ndata: {"text":"a\\nb"}\n\n');
  expect(texts.at(-1)).toBe('event: done\ndata: {}\n\n');
  expect(texts.slice(1, -1).length).toBeGreaterThan(0);
  expect(texts.slice(1, -1).every((text) => text.startsWith(':'))).toBe(true);
  expect(ended).toBe(true);
});
