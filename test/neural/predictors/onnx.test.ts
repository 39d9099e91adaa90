import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeAnswer, END_BYTE, encodePrompt, FEATURES } from '../../../neural/nano/bytes.ts';
import { PlaceScanner } from '../../../neural/nano/places.ts';
import { openPredictor } from '../../../neural/providers/list.ts';
import { Decoder, type Sequence } from '../../../neural/providers/onnx/decoder.ts';
import { OnnxOptions } from '../../../neural/providers/onnx/options.ts';
import { NANO_FILE } from '../../../neural/providers/onnx.ts';
import { generateProgram } from '../../../neural/training/generator/program.ts';
import { ROOT } from '../../house/scratch.ts';
import { readAll } from './contract.ts';

const CONTEXT = { name: 'nano', directory: ROOT, environment: {} };
const never = new AbortController().signal;

/** A question, and the bytes that PyTorch answered, as the training wrote them. */
interface Sample {
  readonly prompt: string;
  readonly answer: string;
}

const SAMPLES = readFileSync(NANO_FILE.replace('.onnx', '.sample.jsonl'), 'utf8')
  .split('\n')
  .filter((line) => line !== '')
  .map((line) => JSON.parse(line) as Sample);

class Collected implements Sequence {
  readonly prompt: readonly number[];
  readonly temperature = 0;
  readonly signal = never;
  readonly bytes: number[] = [];
  readonly #places = new PlaceScanner();
  readonly #most: number;

  constructor(prompt: string, most = 96) {
    this.prompt = [...encodePrompt(prompt)];
    this.#most = most;
  }

  take(token: number): readonly number[] | null {
    if (token === END_BYTE) return null;
    this.bytes.push(token);
    return this.bytes.length < this.#most ? [token, ...this.#places.next(token), 0, 0] : null;
  }

  get text(): string {
    return decodeAnswer(Uint8Array.from(this.bytes));
  }
}

describe('the embedded model', () => {
  let decoder: Decoder;
  beforeAll(async () => {
    decoder = await Decoder.load(NANO_FILE, { device: 'cpu', threads: 1, inputWidth: FEATURES });
  });
  afterAll(() => decoder.close());

  async function answer(prompts: readonly string[]): Promise<string[]> {
    const sequences = prompts.map((prompt) => new Collected(prompt));
    await decoder.decode(sequences);
    return sequences.map(({ text }) => text);
  }

  it('answers 100 questions as PyTorch did', async () => {
    const prompts = SAMPLES.map(({ prompt }) => prompt);
    expect(prompts.length).toBe(100);
    const expected = SAMPLES.map((sample) => decodeAnswer(Buffer.from(sample.answer, 'base64')));
    expect(await answer(prompts)).toEqual(expected);
  });

  it('answers eight at a time as one at a time', async () => {
    const prompts = SAMPLES.slice(0, 24).map(({ prompt }) => prompt);
    const alone: string[] = [];
    for (const prompt of prompts) alone.push(...(await answer([prompt])));
    const together: string[] = [];
    for (let at = 0; at < prompts.length; at += 8) together.push(...(await answer(prompts.slice(at, at + 8))));
    expect(together).toEqual(alone);
  });

  it('leaves out what is not wanted any more, and goes on with the rest', async () => {
    const [one, other] = SAMPLES.map(({ prompt }) => prompt);
    if (one === undefined || other === undefined) throw new Error('no samples');
    const stopped = { prompt: [...encodePrompt(one)], temperature: 0, signal: AbortSignal.abort(), take: () => null };
    const kept = new Collected(other);
    await decoder.decode([stopped, kept]);
    expect(kept.text).toBe((await answer([other]))[0]);
  });
});

describe('the onnx provider', () => {
  const open = (options: object = {}) => openPredictor(OnnxOptions.parse({ provider: 'onnx', ...options }), CONTEXT);

  it('says what it runs on', async () => {
    const predictor = open({ device: 'cpu' });
    expect(predictor.identity).toMatchObject({ provider: 'onnx', model: 'assay-nano', execution: null });
    expect(await predictor.check(never)).toBe('loaded, on cpu');
    expect(predictor.identity.execution).toBe('cpu');
    await predictor.close();
  });

  it('stops after the frames that are wanted, and goes on behind given ones', async () => {
    const predictor = open();
    const source = 'def main():  # << START_OF_TRACE\n    x = 1\n    return x\n';
    const main = { event: 'call', line: 1, function: 'main', locals: new Map(), scope: 4, depth: 0 } as const;
    const frames: string[] = [];
    const options = { signal: never, temperature: 0, frames: 1 };
    for await (const { content } of predictor.predict({ source, python: '3.10', frames: [main] }, options)) {
      frames.push(String(content));
    }
    expect(frames).toEqual(['128104', '{}', '128101', '    x = 1\n', '128100']);
    await predictor.close();
  });

  it('answers programs that it cannot read with an error of its kind, or with text', async () => {
    const predictor = open();
    const tasks = [
      'x = 1\n',
      'def main(a):  # << START_OF_TRACE\n    return a\n',
      `def main():  # << START_OF_TRACE\n    x = '${'a'.repeat(5000)}'\n`,
      'def main():  # << START_OF_TRACE\n',
    ];
    for (const source of tasks) {
      const given = readAll(predictor, { source, python: '3.10', frames: [] });
      await given.catch((error: unknown) => expect(error).toMatchObject({ problem: 'unsuited' }));
    }
    await predictor.close();
  });

  it('keeps its memory while it simulates', async () => {
    const predictor = open();
    const sources = Array.from({ length: 12 }, (_, seed) => generateProgram(seed, 0.2));
    const round = async () => {
      const simulations = sources.map(async (source) => {
        const options = { signal: never, temperature: 0, frames: 8 };
        for await (const _ of predictor.predict({ source, python: '3.10', frames: [] }, options));
      });
      await Promise.all(simulations);
    };
    await round();
    await round();
    const before = process.memoryUsage.rss();
    for (let times = 0; times < 4; times += 1) await round();
    expect(process.memoryUsage.rss() - before).toBeLessThan(64 * 2 ** 20);
    await predictor.close();
  });

  it('says what is wrong with a file', async () => {
    const directory = mkdtempSync(join(tmpdir(), 'assay-onnx-'));
    writeFileSync(join(directory, 'bad.onnx'), 'no model');
    for (const model of [join(directory, 'bad.onnx'), join(directory, 'absent.onnx')]) {
      const predictor = open({ model });
      await expect(predictor.check(never)).rejects.toMatchObject({ problem: 'unsuited' });
      await predictor.close();
    }
    rmSync(directory, { recursive: true });
  });
});
