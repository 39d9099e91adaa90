import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderPrompt } from '../../../neural/formats/cwm/prompt.ts';
import type { Predictor } from '../../../neural/predictor.ts';
import { openPredictor } from '../../../neural/providers/list.ts';
import { loadVocabulary } from '../../../neural/providers/onnx/hugging-face.ts';
import { OnnxOptions } from '../../../neural/providers/onnx/options.ts';
import { describePredictor, readAll } from './contract.ts';
import { BYTE_TOKENIZER, idsOf, scriptedDecoder } from './scripted-decoder.ts';

const PROGRAMS = ['one', 'seventeen', 'ä'].map((name, index) => ({
  // The comments keep the sums of keys apart, which the scripted decoder knows its place by.
  source: `def ${name}():  # << START_OF_TRACE\n    return ${index}\n# ${'~'.repeat(200 * index)}\n`,
  trace: `<|call_sep|>{}<|action_sep|>def ${name}():  # << START_OF_TRACE\n<|frame_sep|>${`<|line_sep|>{}<|action_sep|>    return ${index}\n<|frame_sep|>`.repeat(index + 1)}<|return_sep|><|action_sep|>    return ${index}\n<|arg_sep|>"${index}"<|frame_sep|><|end_of_text|>`,
}));

const directory = mkdtempSync(join(tmpdir(), 'assay-decoder-'));
const model = scriptedDecoder(PROGRAMS.map(({ source, trace }) => [renderPrompt(source), trace]));
writeFileSync(join(directory, 'model.onnx'), model);
writeFileSync(join(directory, 'tokenizer.json'), BYTE_TOKENIZER);
afterAll(() => rmSync(directory, { recursive: true }));

function open(options: object = {}): Predictor {
  const whole = OnnxOptions.parse({ provider: 'onnx', model: 'model.onnx', device: 'cpu', ...options });
  return openPredictor(whole, { name: 'exported', directory, environment: {} });
}

describePredictor('onnx, an exported decoder', () =>
  Promise.resolve({
    predictor: open(),
    tasks: PROGRAMS.map(({ source }) => ({ source, python: '3.10', frames: [] }) as const),
  }),
);

describe('an exported decoder with its tokenizer', () => {
  let predictor: Predictor;
  beforeAll(() => {
    predictor = open({ batch: 3 });
  });
  afterAll(() => predictor.close());

  const write = async (source: string) => {
    const pieces = await readAll(predictor, { source, python: '3.10', frames: [] });
    return pieces.map(({ content }) => content).join('');
  };

  it('has its special tokens and characters of several bytes read as they are', async () => {
    const { encode, decode } = await loadVocabulary(join(directory, 'tokenizer.json'));
    for (const { source, trace } of PROGRAMS) {
      const text = renderPrompt(source) + trace;
      expect(encode(text)).toEqual(idsOf(text));
      expect(decode(idsOf(text))).toBe(text);
    }
  });

  it('writes texts of different lengths side by side, each from its own cache', async () => {
    const written = await Promise.all(PROGRAMS.map(({ source }) => write(source)));
    expect(written).toEqual(PROGRAMS.map(({ trace }) => trace));
  });

  it('goes on behind given frames, and stops after the frames that are wanted', async () => {
    const [program] = PROGRAMS;
    if (program === undefined) throw new Error('no program');
    const call = { event: 'call', line: 1, function: 'one', locals: new Map(), scope: 0, depth: 0 } as const;
    const task = { source: program.source, python: '3.10', frames: [call] } as const;
    const options = { signal: new AbortController().signal, temperature: 0, frames: 1 };
    let text = '';
    for await (const { content } of predictor.predict(task, options)) text += content;
    expect(text).toBe('<|line_sep|>{}<|action_sep|>    return 0\n<|frame_sep|>');
  });

  it('stops at the end of its context and at the ids that end a text', async () => {
    const [, program] = PROGRAMS;
    if (program === undefined) throw new Error('no program');
    const task = { source: program.source, python: '3.10', frames: [] } as const;
    const length = idsOf(renderPrompt(program.source)).length;
    const short = open({ context: length + 10 });
    const written = (await readAll(short, task)).map(({ content }) => content).join('');
    expect(written).toBe(program.trace.slice(0, written.length));
    expect(idsOf(written).length).toBe(10);
    await short.close();
    const [brace = 0] = idsOf('}');
    const ended = open({ end_tokens: [brace] });
    expect((await readAll(ended, task)).map(({ content }) => content).join('')).toBe('<|call_sep|>{');
    await ended.close();
    const none = open({ context: length });
    await expect(readAll(none, task)).rejects.toMatchObject({ problem: 'unsuited' });
    await none.close();
  });

  it('says what a tokenizer or a model lacks', async () => {
    writeFileSync(join(directory, 'bad.json'), '{');
    const unread = open({ tokenizer: 'bad.json' });
    await expect(unread.check(new AbortController().signal)).rejects.toMatchObject({ problem: 'unsuited' });
    await unread.close();
  });
});
