import { afterEach, describe, expect, it } from 'vitest';
import type { Piece, PredictionTask, Predictor } from '../../../neural/predictor.ts';
import { PredictorError } from '../../../neural/predictor.ts';
import { openPredictor } from '../../../neural/providers/list.ts';
import { OpenAiOptions } from '../../../neural/providers/openai/options.ts';
import { readAll } from './contract.ts';
import { type Answer, beginStream, event, type ModelServer, startModelServer, stream } from './model-server.ts';

const SOURCE = 'def main():  # << START_OF_TRACE\n    return 1\n';
const TASK: PredictionTask = { source: SOURCE, python: '3.10', frames: [] };
const FRAME = '<|call_sep|>{}<|action_sep|>def main():\n<|frame_sep|>';

const open: { server: ModelServer; predictor: Predictor }[] = [];
afterEach(async () => {
  for (const { server, predictor } of open.splice(0)) {
    await predictor.close();
    await server.close();
  }
});

async function start(answer: Answer, options: object = {}, environment: Record<string, string> = {}) {
  const server = await startModelServer(answer);
  const given = { provider: 'openai', url: server.url, model: 'm', timeout_ms: 5_000, idle_ms: 5_000, ...options };
  const predictor = openPredictor(OpenAiOptions.parse(given), { name: 'gpu', directory: '.', environment });
  open.push({ server, predictor });
  return { server, predictor };
}

const textOf = (pieces: readonly Piece[]) => pieces.map(({ content }) => content).join('');

/** What came, and how it ended. */
async function outcome(predictor: Predictor, task = TASK) {
  let text = '';
  try {
    for await (const { content } of predictor.predict(task, {
      signal: new AbortController().signal,
      temperature: 0,
      frames: null,
    })) {
      text += content;
    }
    return { text, problem: null };
  } catch (error) {
    if (!(error instanceof PredictorError)) throw error;
    return { text, problem: error.problem, message: error.message, said: error.said };
  }
}

describe('what the server is asked', () => {
  it('is the prompt with its special tokens kept, at the temperature given, streamed', async () => {
    const { server, predictor } = await start((response) => stream(response, FRAME));
    expect(textOf(await readAll(predictor, TASK))).toBe(`${FRAME}<|end_of_text|>`);
    expect(server.requests).toMatchObject([
      {
        model: 'm',
        prompt: `<|begin_of_text|><|trace_context_start|>${SOURCE}<|frame_sep|>`,
        temperature: 0,
        stream: true,
        skip_special_tokens: false,
        add_special_tokens: false,
      },
    ]);
    expect(server.requests[0]).not.toHaveProperty('stop');
  });

  it('goes on behind the frames that are given, and stops at the separator when one frame is wanted', async () => {
    const { server, predictor } = await start((response) => stream(response, FRAME.replace('<|frame_sep|>', '')));
    const frames = [{ event: 'call', line: 1, function: 'main', locals: new Map(), scope: 0, depth: 0 }] as const;
    const pieces: Piece[] = [];
    const options = { signal: new AbortController().signal, temperature: 0.5, frames: 1 };
    for await (const piece of predictor.predict({ ...TASK, frames }, options)) pieces.push(piece);
    // The server swallows its stop string.
    expect(textOf(pieces)).toBe(FRAME);
    expect(server.requests[0]).toMatchObject({ stop: ['<|frame_sep|>'], temperature: 0.5 });
    expect(server.requests[0]?.prompt).toBe(
      `<|begin_of_text|><|trace_context_start|>${SOURCE}<|frame_sep|><|call_sep|>{}<|action_sep|>def main():  # << START_OF_TRACE\n<|frame_sep|>`,
    );
  });

  it('says the end of a trace only where the model ended it', async () => {
    const { predictor } = await start((response, _body, turn) =>
      stream(response, FRAME, turn === 0 ? 'length' : 'stop'),
    );
    expect((await outcome(predictor)).text).toBe(FRAME);
    expect((await outcome(predictor)).text).toBe(`${FRAME}<|end_of_text|>`);
  });

  it('carries the key of the environment, which no message holds', async () => {
    const key = 'a-very-secret-key';
    const { server, predictor } = await start(
      (response) => {
        response.statusCode = 401;
        response.end('bad key a-very-secret-key');
      },
      { key_variable: 'MODEL_KEY' },
      { MODEL_KEY: key },
    );
    const { problem, message, said } = await outcome(predictor);
    expect(problem).toBe('refused');
    expect(message).not.toContain(key);
    expect(said).toBe('bad key …');
    expect(server.headers[0]?.authorization).toBe(`Bearer ${key}`);
  });

  it('gives log-probabilities where they are asked for', async () => {
    const { server, predictor } = await start(
      (response) => {
        beginStream(response);
        response.write(event('ab', null, { logprobs: { token_logprobs: [-0.5, -0.25] } }));
        response.end(event('c', 'length', { logprobs: { token_logprobs: [null] } }));
      },
      { logprobs: true },
    );
    expect(await readAll(predictor, TASK)).toEqual([
      { content: 'ab', tokens: 2, logprob: -0.75 },
      { content: 'c', tokens: 0, logprob: 0 },
    ]);
    expect(server.requests[0]).toMatchObject({ logprobs: 1 });
  });
});

describe('a configuration that cannot work', () => {
  const context = { name: 'gpu', directory: '.', environment: { KEY: 'k' } };
  const options = (given: object) => OpenAiOptions.parse({ provider: 'openai', model: 'm', ...given });

  it('is refused before anything is asked', () => {
    const remote = { url: 'http://models.example/v1' };
    expect(() => openPredictor(options({ ...remote, key_variable: 'KEY' }), context)).toThrow(/https/);
    expect(() => openPredictor(options({ ...remote, key_variable: 'NONE' }), context)).toThrow('NONE is not set');
    expect(() => openPredictor(options({ ...remote, dialect: 'cwm' }), context)).toThrow(/tokenizer/);
    expect(OpenAiOptions.safeParse({ provider: 'openai', model: 'm', url: 'file:///etc/passwd' }).success).toBe(false);
    expect(OpenAiOptions.safeParse({ provider: 'openai', model: 'm', ...remote, key: 'in a file' }).success).toBe(
      false,
    );
  });

  it('shows in the check: no such model, no server, no tokenizer', async () => {
    const { predictor } = await start((response) => response.end());
    const { signal } = new AbortController();
    expect(await predictor.check(signal)).toBe('the server has m');
    const other = await start((response) => response.end(), { model: 'other' });
    await expect(other.predictor.check(signal)).rejects.toMatchObject({ problem: 'refused' });
    await other.server.close();
    await expect(other.predictor.check(signal)).rejects.toMatchObject({ problem: 'unavailable' });
    const without = await start((response) => response.end(), { tokenizer: 'no-such-file.json' });
    await expect(without.predictor.check(signal)).rejects.toMatchObject({ problem: 'unsuited' });
  }, 30_000);
});

describe('a server that is busy or gone', () => {
  it('is asked again after 429 and 503, and not before it says so', async () => {
    const { server, predictor } = await start((response, _body, turn) => {
      if (turn >= 2) return stream(response, FRAME);
      response.writeHead(turn === 0 ? 429 : 503, { 'retry-after': '1' }).end();
    });
    const began = performance.now();
    expect((await outcome(predictor)).problem).toBeNull();
    expect(performance.now() - began).toBeGreaterThan(1_900);
    expect(server.requests.length).toBe(3);
  });

  it('is asked again where it drops the connection before it answers', async () => {
    const { server, predictor } = await start((response, _body, turn) => {
      if (turn === 0) response.destroy();
      else stream(response, FRAME);
    });
    expect((await outcome(predictor)).text).toContain(FRAME);
    expect(server.requests.length).toBe(2);
  });

  it('is given up after the attempts that are allowed, or where it asks for too long a pause', async () => {
    const { server, predictor } = await start((response) => response.writeHead(503).end(), { retries: 1 });
    expect(await outcome(predictor)).toMatchObject({ problem: 'unavailable', text: '' });
    expect(server.requests.length).toBe(2);
    const slow = await start((response) => response.writeHead(429, { 'retry-after': '3600' }).end());
    expect(await outcome(slow.predictor)).toMatchObject({ problem: 'unavailable' });
    expect(slow.server.requests.length).toBe(1);
  });

  it('is not asked again where it refuses, or fails by itself', async () => {
    for (const [status, problem] of [
      [400, 'refused'],
      [404, 'refused'],
      [500, 'unavailable'],
    ] as const) {
      const { server, predictor } = await start((response) => response.writeHead(status).end('{"error": "no"}'));
      expect(await outcome(predictor)).toMatchObject({ problem });
      expect(server.requests.length).toBe(1);
    }
  });

  it('is not followed to another address', async () => {
    const { predictor } = await start(
      (response) => response.writeHead(307, { location: 'http://127.0.0.1:1/v1/completions' }).end(),
      { retries: 0 },
    );
    expect(await outcome(predictor)).toMatchObject({ problem: 'unavailable' });
  });
});

describe('a stream that goes wrong', () => {
  const cases: [string, Answer, string][] = [
    [
      'is cut in the middle',
      (response) => {
        beginStream(response);
        response.write(event(FRAME), () => setTimeout(() => response.destroy(), 20));
      },
      'broken',
    ],
    [
      'ends without its end',
      (response) => {
        beginStream(response);
        response.end(event(FRAME));
      },
      'broken',
    ],
    [
      'reports an error of the server',
      (response) => {
        beginStream(response);
        response.write(event(FRAME));
        response.end('data: {"error": {"message": "out of memory"}}\n\n');
      },
      'broken',
    ],
    [
      'holds what is not JSON',
      (response) => {
        beginStream(response);
        response.write(event(FRAME));
        response.end('data: {"choices": [\n\n');
      },
      'malformed',
    ],
    [
      'holds JSON of something else',
      (response) => {
        beginStream(response);
        response.write(event(FRAME));
        response.end('data: {"choices": [{"text": 7}]}\n\n');
      },
      'malformed',
    ],
    [
      'falls silent',
      (response) => {
        beginStream(response);
        response.write(event(FRAME));
      },
      'timeout',
    ],
  ];

  it.each(cases)('that %s gives what came before, and says so', async (_what, answer, problem) => {
    const { predictor } = await start(
      (response, body, turn) => (turn === 0 ? answer(response, body, turn) : stream(response, FRAME)),
      { idle_ms: 400 },
    );
    expect(await outcome(predictor)).toMatchObject({ text: FRAME, problem });
    expect(await outcome(predictor)).toMatchObject({ text: `${FRAME}<|end_of_text|>`, problem: null });
  });

  it('that never begins is given up in time', async () => {
    const { predictor } = await start(() => undefined, { timeout_ms: 200 });
    expect(await outcome(predictor)).toMatchObject({ text: '', problem: 'timeout' });
  });

  it('of slow bytes is read byte by byte, characters in pieces too', async () => {
    const { predictor } = await start(async (response) => {
      beginStream(response);
      for (const byte of Buffer.from(event('é\u{1f600}', 'length'))) {
        response.write(Buffer.of(byte));
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      response.end();
    });
    expect((await outcome(predictor)).text).toBe('é\u{1f600}');
  });

  it('that is not UTF-8 becomes text all the same', async () => {
    const { predictor } = await start((response) => {
      beginStream(response);
      response.write(
        Buffer.concat([Buffer.from('data: {"choices": [{"text": "a'), Buffer.of(0xff, 0xc3), Buffer.from('b"}]}\n\n')]),
      );
      response.end(event('', 'length'));
    });
    expect((await outcome(predictor)).text).toBe('a\ufffd\ufffdb');
  });

  it('may be one JSON answer instead, where the server does not stream', async () => {
    const { predictor } = await start((response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ choices: [{ text: FRAME, finish_reason: 'stop' }] }));
    });
    expect((await outcome(predictor)).text).toBe(`${FRAME}<|end_of_text|>`);
  });
});

describe('requests in flight', () => {
  it('are capped, and a place is free again after one that failed or was given up', async () => {
    let inFlight = 0;
    let most = 0;
    const { predictor } = await start(
      async (response, _body, turn) => {
        inFlight += 1;
        most = Math.max(most, inFlight);
        await new Promise((resolve) => setTimeout(resolve, 30));
        inFlight -= 1;
        if (turn % 3 === 0) response.writeHead(500).end();
        else stream(response, FRAME);
      },
      { concurrency: 2 },
    );
    const outcomes = await Promise.all(Array.from({ length: 9 }, () => outcome(predictor)));
    expect(outcomes.filter(({ problem }) => problem === 'unavailable').length).toBe(3);
    expect(most).toBe(2);
  });

  it('end when their reader leaves', async () => {
    const { server, predictor } = await start((response) => {
      beginStream(response);
      const timer = setInterval(() => response.write(event('x')), 5);
      response.on('close', () => clearInterval(timer));
    });
    const options = { signal: new AbortController().signal, temperature: 0, frames: null };
    for await (const _piece of predictor.predict(TASK, options)) break;
    await expect.poll(() => server.abandoned(), { timeout: 5_000 }).toBe(1);
  });
});
