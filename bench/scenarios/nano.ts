import type { Predictor } from '../../neural/predictor.ts';
import { openPredictor } from '../../neural/providers/list.ts';
import { OnnxOptions } from '../../neural/providers/onnx/options.ts';
import { generateProgram } from '../../neural/training/generator/program.ts';
import { createAssay } from '../../src/verify/assay.ts';
import type { Measured, Scenario } from '../scenario.ts';

const UNITS = {
  single: 'tokens/s',
  batched: 'tokens/s',
  first: 'ms',
  predict: 'ms/frame',
  verify: 'ms/frame',
} as const;

/** Traces that are decoded side by side, as many as the provider's default. */
const BATCH = 8;

/** Programs of one round, for each way of asking. */
const PROGRAMS = 16;

/** Programs that are replayed before anything is timed: a verifier that has just started is not yet compiled. */
const WARM_UPS = 600;
/** Seed of the first of them; no round comes near it. */
const FIRST_WARM_UP = 1_000_000;

/** A trace that the embedded model wrote, and what that took. */
interface Written {
  readonly source: string;
  readonly content: (number | string)[];
  readonly tokens: number;
  readonly frames: number;
  /** Milliseconds until the first frame that the model was asked for. */
  readonly first: number;
}

/** The embedded model on the CPU, and what checking its traces costs beside it. */
export const nano: Scenario = {
  name: 'nano',
  about:
    'the embedded model on the CPU: bytes a second, one trace at a time and eight; time to its first frame; prediction and verification by frame',
  units: UNITS,
  async open() {
    const options = OnnxOptions.parse({ provider: 'onnx', device: 'cpu', batch: BATCH });
    const assay = createAssay({ workers: 1, python: ['3.10'] });
    const predictor = openPredictor(options, { name: 'nano', directory: '.', environment: {} });
    await predictor.check(new AbortController().signal);
    for (let seed = FIRST_WARM_UP; seed < FIRST_WARM_UP + WARM_UPS; seed++) {
      const program = { source: generateProgram(seed, (seed % 11) / 10), python: '3.10' } as const;
      const { text = '' } = await assay.trace({ program, format: 'cwm' });
      // A true claim, and one that goes wrong.
      await assay.verify({ program, claim: { kind: 'trace', format: 'cwm', text } });
      await assay.verify({ program, claim: { kind: 'trace', format: 'cwm', text: text.replace(/: "\d/, ': "7') } });
    }
    let seed = 1;
    const fresh = () => Array.from({ length: PROGRAMS }, () => generateProgram(seed, (seed++ % 11) / 10));
    return {
      async round(): Promise<Measured> {
        const started = performance.now();
        const alone: Written[] = [];
        for (const source of fresh()) alone.push(await write(predictor, source));
        const between = performance.now();
        const beside: Written[] = [];
        const rest = fresh().values();
        await Promise.all(
          Array.from({ length: BATCH }, async () => {
            for (const source of rest) beside.push(await write(predictor, source));
          }),
        );
        const ended = performance.now();
        const checked = { frames: 0, ms: 0 };
        for (const { source, content, frames } of alone) {
          const asked = performance.now();
          const claim = { kind: 'trace', format: 'cwm-ids', tokens: content } as const;
          const { status } = await assay.verify({ program: { source }, claim });
          // Some generated programs do not end; what they cost is the budget, not the frames.
          if (status === 'inconclusive') continue;
          checked.ms += performance.now() - asked;
          checked.frames += frames;
        }
        const sum = (written: readonly Written[], figure: 'tokens' | 'frames' | 'first') =>
          written.reduce((total, each) => total + each[figure], 0);
        return {
          single: (sum(alone, 'tokens') * 1000) / (between - started),
          batched: (sum(beside, 'tokens') * 1000) / (ended - between),
          first: sum(alone, 'first') / alone.length,
          predict: (between - started) / sum(alone, 'frames'),
          verify: checked.ms / checked.frames,
        };
      },
      async [Symbol.asyncDispose]() {
        await predictor.close();
        await assay.close();
      },
    };
  },
};

async function write(predictor: Predictor, source: string): Promise<Written> {
  const started = performance.now();
  const content: (number | string)[] = [];
  let [tokens, frames, first] = [0, 0, 0];
  const task = { source, python: '3.10', frames: [] } as const;
  // Next to no chance, but some: what is certain is remembered, and would not be written again.
  const options = { signal: new AbortController().signal, temperature: 1e-6, frames: 200 };
  for await (const piece of predictor.predict(task, options)) {
    content.push(piece.content);
    if (piece.tokens === 0) continue;
    if (frames === 0) first = performance.now() - started;
    tokens += piece.tokens;
    frames += 1;
  }
  return { source, content, tokens, frames, first };
}
