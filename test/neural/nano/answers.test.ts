import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DEFAULT_BUDGET } from '../../../core/budget.ts';
import type { Frame } from '../../../core/frame.ts';
import { resolveProgram } from '../../../core/program.ts';
import { readAnswer, writeAnswer } from '../../../neural/nano/answer.ts';
import { isInner, RunHistory } from '../../../neural/nano/history.ts';
import { outlineOf } from '../../../neural/nano/outline.ts';
import { stepPrompt } from '../../../neural/nano/prompt.ts';
import { generateProgram } from '../../../neural/training/generator/program.ts';
import { ReplayPool } from '../../../workers/pool.ts';
import { ROOT } from '../../house/scratch.ts';

let pool: ReplayPool;
beforeAll(() => {
  pool = new ReplayPool({ python: '3.10', threads: 1, queue: 1 });
});
afterAll(() => pool.close());

async function framesOf(source: string): Promise<readonly Frame[]> {
  const program = resolveProgram({ source }, '3.10');
  const { trace } = await pool.replay({ program, budget: { ...DEFAULT_BUDGET, steps: 2000 } });
  return trace.outcome.kind === 'halted' ? [] : [...trace.frames];
}

/** Writes each step of a true run as an answer and reads it back; the steps that no answer can tell. */
function unanswered(source: string, frames: readonly Frame[]): string[] {
  const outline = outlineOf(source);
  const history = new RunHistory(outline);
  const failed: string[] = [];
  for (const frame of frames) {
    if (isInner(frame)) continue;
    const { current } = history;
    if (current !== undefined) {
      const question = stepPrompt(outline, history);
      const context = { outline, activation: current, statement: question?.statement };
      const answer = question && writeAnswer(frame, context);
      if (answer === undefined) failed.push(`line ${frame.line} ${frame.event}`);
      else {
        const { scope: _scope, depth: _depth, ...told } = frame;
        expect(readAnswer(answer, context)).toEqual(told);
      }
    }
    history.push(frame);
  }
  return failed;
}

describe('answers', () => {
  it('tell every step of generated programs, and are read back as the same frames', async () => {
    let steps = 0;
    for (let seed = 0; seed < 120; seed += 1) {
      const source = generateProgram(seed, (seed % 11) / 10);
      const frames = await framesOf(source);
      steps += frames.length;
      expect(unanswered(source, frames), source).toEqual([]);
    }
    expect(steps).toBeGreaterThan(1000);
  });

  it.each([
    'rotate',
    'collatz',
    'fib_memo',
    'parse_kv',
    'running_max',
    'word_count',
    'binary_search',
    'bracket_balance',
  ])('tell every step of the example %s', async (name) => {
    const source = readFileSync(join(ROOT, 'examples', `${name}.py`), 'utf8');
    expect(unanswered(source, await framesOf(source))).toEqual([]);
  });

  it('that make no sense are none', async () => {
    const source = 'def main():  # << START_OF_TRACE\n    x = 1\n    return x\n';
    const outline = outlineOf(source);
    const history = new RunHistory(outline);
    for (const frame of (await framesOf(source)).slice(0, 2)) history.push(frame);
    const { current } = history;
    const statement = outline.statements.get(2);
    if (current === undefined || statement === undefined) throw new Error('nothing runs');
    const read = (answer: string) => readAnswer(answer, { outline, activation: current, statement });
    for (const answer of [
      '',
      'q',
      't',
      'h',
      'nx',
      'nx$;',
      'n^2;',
      'n-x;',
      'n-;',
      'cnothing;',
      'c0;',
      'n>;',
      'n=1;=2;',
      'r$x',
      'r>',
      'r1',
      'r$',
      'e!',
    ]) {
      expect(read(answer), answer).toBeUndefined();
    }
    expect(read('n;x=1;')).toMatchObject({ event: 'line', line: 3, locals: new Map([['x', '1']]) });
    expect(read('n=1;')).toMatchObject({ event: 'line', line: 3, locals: new Map([['x', '1']]) });
  });
});
