import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Program } from '../../../core/program.ts';
import { type Assay, createAssay } from '../../../src/verify/assay.ts';
import { type Case, loadCases } from '../../cases/cases.ts';
import { simulate, simulatorOn, teacher, trueFrames } from './teacher.ts';

/** Every so many cases are tried. */
const STEP = 6;

/** Their entry is never reached. */
const UNREACHED: ReadonlySet<string> = new Set(['import_failed', 'syntax_error']);

/** Not those whose text holds a separator either: the teacher would cut a frame there. */
const sample = loadCases()
  .filter(({ name, python, source }) => !UNREACHED.has(name) && python.includes('3.10') && !source.includes('<|'))
  .filter((_, index) => index % STEP === 0);

/** What a model may write in place of a frame. */
const MISTAKES: readonly ((frame: string, frames: readonly string[]) => string)[] = [
  () => '',
  () => 'Let me think about this step by step.',
  (_, frames) => frames.at(-1) ?? '',
  (frame) => frame.replace('_sep|>', '_zep|>'),
  (frame) => frame.replace('<|line_sep|>', '<|call_sep|>'),
  (frame) => frame.replace(/"([^"]*)": "/, '"$1_": "'),
  (frame) => `${frame.slice(0, frame.length >> 1)}<|frame_sep|>`,
  (frame) => frame.replace(/\d/, (digit) => String((Number(digit) + 1) % 10)),
];

let assay: Assay;
beforeAll(() => {
  assay = createAssay({ workers: 1 });
});
afterAll(() => assay.close());

function programOf({ source, entry, stdin }: Case): Program {
  return { source, entry, python: '3.10', world: { stdin } };
}

describe('a guided simulation of the cases', () => {
  it.each(sample)(
    '$name is verified, without corrections where the model is right and with them where not',
    async (one) => {
      const program = programOf(one);
      const frames = await trueFrames(assay, program);
      const right = await simulatorOn(assay, teacher(frames));
      const { done } = await simulate(right.simulator, { program });
      await right.close();
      expect(done).toMatchObject({ status: 'verified', predictor: { corrections: [], right: frames.length - 1 } });

      const places = [1, frames.length >> 1, frames.length - 2, frames.length - 1].filter((at) => at > 0);
      const wrong = new Map(
        places.map((at, index) => {
          const mistake = MISTAKES[(sample.indexOf(one) + index) % MISTAKES.length];
          return [at, mistake?.(frames[at] ?? '', frames) ?? ''];
        }),
      );
      const changed = [...wrong].filter(([at, text]) => text !== frames[at]);
      const mistaken = await simulatorOn(assay, teacher(frames, wrong));
      const corrected = await simulate(mistaken.simulator, { program });
      await mistaken.close();
      expect(corrected.done).toMatchObject({ status: 'verified', predictor: { stopped: null } });
      expect(corrected.done.predictor.corrections.length > 0).toBe(changed.length > 0);
      const shown = corrected.frames.map(({ corrected: put, observed }) => put ?? observed);
      expect(shown.filter((frame) => frame !== null).join('')).toBe(frames.join(''));
    },
  );
});
