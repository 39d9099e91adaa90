import { z } from 'zod';
import { Fault } from '../../core/fault.ts';
import { misfit } from '../../core/field-errors.ts';
import { Program } from '../../core/program.ts';

/**
 * What a data set says of one task, under whatever name its trainer has for it: `label`, `ground_truth`,
 * `verifier_metadata`.
 */
export const Task = z
  .strictObject({ program: Program })
  .meta({ id: 'TrainerTask', description: 'The program that a completion makes a claim about.' });

/** A program to judge the claim by, or the result itself where the data set has only that. */
export type Task = z.infer<typeof Task> | { readonly expected: string };

/** One completion with its task. */
export interface Rollout {
  /** What the model wrote: text, or chat messages. Nothing about it is taken for granted. */
  readonly completion: unknown;
  readonly task: Task;
}

/** What a rollout earned. */
export interface Scored {
  /** In [0, 1]; null where nothing was shown. */
  readonly reward: number | null;
  readonly status: string;
  /** The same keys for every rollout. */
  readonly metrics: Readonly<Record<string, number>>;
  /** Why there is no reward, where there is none. */
  readonly why: string | null;
}

/**
 * Reads a task: an object with a `program`, the same as JSON text, or else a bare result such as `2` or `['a']`, which
 * the completion's answer is compared with.
 *
 * @param path JSON pointer to the label in the request
 * @throws Fault `invalid-request` where it is none of these: the data set is wrong, and not a model
 */
export function readTask(label: unknown, path: string): Task {
  if (typeof label === 'string') {
    const value = parseObject(label);
    if (value !== undefined && 'program' in value) return checked(value, path);
    if (label.trim() !== '') return { expected: label.trim() };
  }
  if (typeof label === 'number') return { expected: String(label) };
  if (typeof label === 'boolean') return { expected: label ? 'True' : 'False' };
  if (typeof label === 'object' && label !== null && !Array.isArray(label)) return checked(label, path);
  const message = 'must be {"program": {"source": …, "entry": …}}, that as JSON text, or the expected result';
  throw new Fault('invalid-request', `${path} ${message}`, { errors: [{ path, message }] });
}

function parseObject(text: string): object | undefined {
  if (!text.trimStart().startsWith('{')) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

function checked(value: object, path: string): Task {
  const task = Task.safeParse(value);
  if (task.success) return task.data;
  const { errors } = misfit(task.error);
  const placed = errors.map((error) => ({ path: path + error.path, message: error.message }));
  const [first] = placed;
  throw new Fault('invalid-request', `the task does not fit the schema: ${first?.path}: ${first?.message}`, {
    errors: placed,
  });
}
