import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { TOKEN_IDS } from '../../../neural/formats/cwm/tokens.ts';
import type { PredictionTask, Predictor } from '../../../neural/predictor.ts';
import { openPredictor } from '../../../neural/providers/list.ts';
import { OpenAiOptions } from '../../../neural/providers/openai/options.ts';
import { byteTokenizer } from './byte-tokenizer.ts';
import { readAll } from './contract.ts';
import { type Answer, type ModelServer, startModelServer } from './model-server.ts';

const SOURCE = 'def main():  # << START_OF_TRACE\n    return "é<|frame_sep|>"\n';
const TASK: PredictionTask = { source: SOURCE, python: '3.10', frames: [] };
const { begin_of_text, trace_context_start, frame_sep, call_sep, action_sep, end_of_text } = TOKEN_IDS;
const bytes = (text: string) => [...Buffer.from(text)];

/** As CWM's own server answers: at once, ids beside the text, and always `length`. */
const cwmAnswer =
  (tokens: readonly number[]): Answer =>
  (response) =>
    response
      .writeHead(200, { 'content-type': 'application/json' })
      .end(
        JSON.stringify({ choices: [{ index: 0, text: 'ignored', tokens, logprobs: null, finish_reason: 'length' }] }),
      );

let directory: string;
const open: { server: ModelServer; predictor: Predictor }[] = [];
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'assay-cwm-server-'));
  writeFileSync(join(directory, 'tokenizer.json'), JSON.stringify(byteTokenizer()));
  writeFileSync(join(directory, 'other.json'), JSON.stringify(byteTokenizer({ ...TOKEN_IDS, frame_sep: 128_099 })));
});
afterEach(async () => {
  for (const { server, predictor } of open.splice(0)) {
    await predictor.close();
    await server.close();
  }
});
afterAll(() => rmSync(directory, { recursive: true }));

async function start(answer: Answer, options: object = {}) {
  const server = await startModelServer(answer);
  const given = { provider: 'openai', url: server.url, model: 'm', dialect: 'cwm', tokenizer: 'tokenizer.json' };
  const predictor = openPredictor(OpenAiOptions.parse({ ...given, ...options }), {
    name: 'cwm',
    directory,
    environment: {},
  });
  open.push({ server, predictor });
  return { server, predictor };
}

describe("CWM's own server", () => {
  it('is asked with ids, a tag within the program as text, and answers with ids', async () => {
    const answered = [call_sep, ...bytes('{}'), action_sep, ...bytes('def mäin():\n'), frame_sep, end_of_text];
    const { server, predictor } = await start(cwmAnswer(answered));
    expect(predictor.capabilities).toMatchObject({ streams: false, stops: true, output: 'tokens' });
    const pieces = await readAll(predictor, TASK);
    expect(pieces.map(({ content }) => content)).toEqual([
      call_sep,
      '{}',
      action_sep,
      'def mäin():\n',
      frame_sep,
      end_of_text,
    ]);
    const { prompt, ...rest } = server.requests[0] ?? {};
    expect(prompt).toEqual([begin_of_text, trace_context_start, ...bytes(SOURCE), frame_sep]);
    expect(rest).toEqual({ model: 'm', max_tokens: 8192, temperature: 0 });
  });

  it('stops at the separator, which it takes as one string, where one frame is wanted', async () => {
    const { server, predictor } = await start(cwmAnswer([call_sep]));
    const frames = [{ event: 'call', line: 1, function: 'main', locals: new Map(), scope: 0, depth: 0 }] as const;
    const options = { signal: new AbortController().signal, temperature: 0.2, frames: 1 };
    for await (const piece of predictor.predict({ ...TASK, frames }, options)) expect(piece.content).toBe(call_sep);
    expect(server.requests[0]).toMatchObject({ stop: '<|frame_sep|>', temperature: 0.2 });
    const prompt = server.requests[0]?.prompt ?? [];
    const given = [call_sep, ...bytes('{}'), action_sep, ...bytes('def main():  # << START_OF_TRACE\n'), frame_sep];
    expect(prompt.slice(-given.length)).toEqual(given);
  });

  it('is tried by asking, since it has no list of models', async () => {
    const { predictor } = await start(cwmAnswer([0]));
    expect(await predictor.check(new AbortController().signal)).toBe('the server answers');
  });

  it('needs a tokenizer that gives the special tokens the ids of the format', async () => {
    const { server, predictor } = await start(cwmAnswer([0]), { tokenizer: 'other.json' });
    await expect(readAll(predictor, TASK)).rejects.toMatchObject({
      problem: 'unsuited',
      message: expect.stringContaining('<|frame_sep|>'),
    });
    expect(server.requests).toEqual([]);
  });

  it('that answers with something else is malformed, and harms no other call', async () => {
    const { predictor } = await start((response, body, turn) => {
      if (turn === 0)
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"choices": [{"tokens": [-1]}]}');
      else cwmAnswer([call_sep])(response, body, turn);
    });
    await expect(readAll(predictor, TASK)).rejects.toMatchObject({ problem: 'malformed' });
    expect(await readAll(predictor, TASK)).toHaveLength(1);
  });
});

describe('an OpenAI-compatible server', () => {
  it('gets the prompt as ids where there is a tokenizer', async () => {
    const { server, predictor } = await start(
      (response) => response.end(JSON.stringify({ choices: [{ text: '', finish_reason: 'stop' }] })),
      { dialect: 'openai' },
    );
    await readAll(predictor, TASK);
    expect(server.requests[0]?.prompt).toEqual([begin_of_text, trace_context_start, ...bytes(SOURCE), frame_sep]);
  });
});
