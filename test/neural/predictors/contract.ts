import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Piece, PredictionTask, Predictor } from '../../../neural/predictor.ts';
import { PredictorError } from '../../../neural/predictor.ts';

/** One predictor that keeps the contract, and tasks that it can take. */
export interface Subject {
  readonly predictor: Predictor;
  /** At least two, of different programs. */
  readonly tasks: readonly PredictionTask[];
  /** Frees what was started for it, after the predictor was closed. */
  readonly close?: () => Promise<void>;
}

/** Reads a prediction to its end. */
export async function readAll(
  predictor: Predictor,
  task: PredictionTask,
  signal: AbortSignal = new AbortController().signal,
): Promise<Piece[]> {
  const pieces: Piece[] = [];
  for await (const piece of predictor.predict(task, { signal, temperature: 0, frames: null })) pieces.push(piece);
  return pieces;
}

const joined = (pieces: readonly Piece[]) => pieces.map(({ content }) => content).join('');

/** What every provider's predictors keep to. */
export function describePredictor(name: string, open: () => Promise<Subject>): void {
  describe(`${name} as a predictor`, () => {
    let subject: Subject;
    beforeAll(async () => {
      subject = await open();
    });
    afterAll(async () => {
      await subject.predictor.close();
      await subject.close?.();
    });

    it('names itself, and can say that it works', async () => {
      const { identity, capabilities } = subject.predictor;
      expect(identity.name).not.toBe('');
      expect(identity.provider).not.toBe('');
      expect(capabilities.batch).toBeGreaterThanOrEqual(1);
      expect(await subject.predictor.check(new AbortController().signal)).not.toBe('');
    });

    it('gives pieces that are text or special tokens, with the log-probabilities that it promises', async () => {
      for (const task of subject.tasks) {
        const pieces = await readAll(subject.predictor, task);
        expect(pieces.length).toBeGreaterThan(0);
        for (const { content, tokens, logprob } of pieces) {
          expect(typeof content === 'string' || Number.isSafeInteger(content)).toBe(true);
          expect(tokens).toBeGreaterThanOrEqual(0);
          if (logprob !== undefined) expect(logprob).toBeLessThanOrEqual(0);
        }
        const given = pieces.some(({ logprob }) => logprob !== undefined);
        expect(given).toBe(subject.predictor.capabilities.logprobs);
      }
    });

    it('says the same to the same task at temperature 0, alone or beside others', async () => {
      const { predictor, tasks } = subject;
      const alone: string[] = [];
      for (const task of tasks) alone.push(joined(await readAll(predictor, task)));
      const beside = await Promise.all(tasks.map(async (task) => joined(await readAll(predictor, task))));
      expect(beside).toEqual(alone);
      expect(new Set(alone).size).toBe(tasks.length);
    });

    it('throws the reason of the signal that stops it, and answers the next call', async () => {
      const { predictor, tasks } = subject;
      const [task] = tasks;
      if (task === undefined) throw new Error('no task');
      const reason = new Error('enough');
      const before = joined(await readAll(predictor, task));
      await expect(readAll(predictor, task, AbortSignal.abort(reason))).rejects.toBe(reason);
      await expect(predictor.check(AbortSignal.abort(reason))).rejects.toBe(reason);
      expect(joined(await readAll(predictor, task))).toBe(before);
    });

    it('may be left after the first piece', async () => {
      const { predictor, tasks } = subject;
      const [task] = tasks;
      if (task === undefined) throw new Error('no task');
      const options = { signal: new AbortController().signal, temperature: 0, frames: null };
      for await (const piece of predictor.predict(task, options)) {
        expect(piece.tokens).toBeGreaterThanOrEqual(0);
        break;
      }
      expect((await readAll(predictor, task)).length).toBeGreaterThan(0);
    });

    it('answers a task that it cannot take with an error of its kind, or with text', async () => {
      const strange: PredictionTask = { source: '\u0000\ud800 not python', python: '3.10', frames: [] };
      try {
        await readAll(subject.predictor, strange);
      } catch (error) {
        expect(error).toBeInstanceOf(PredictorError);
      }
    });
  });
}
