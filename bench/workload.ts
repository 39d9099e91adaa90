import { availableParallelism } from 'node:os';
import type { VerifyRequest } from '../core/verdict.ts';
import { type Assay, createAssay } from '../src/verify/assay.ts';
import type { CPython } from './cpython.ts';
import { LineProcess } from './line-process.ts';
import type { Program, ProgramSet } from './programs.ts';

/** Version that everything is measured under: the one that CWM traces come from. */
export const PYTHON = '3.10';

/** Below this share of programs that all sides agree on, a comparison would say little. */
const LEAST_AGREEMENT = 0.5;

/** A program with a true claim about it, and what CPython's tracer says to it. */
export interface Item extends Program {
  /** Claims the program's own true CWM trace. */
  readonly request: VerifyRequest;
  /** The program as a line for the scripts in `python/`. */
  readonly line: string;
  /** The line that each of those scripts has to answer with; null where none was asked. */
  readonly answer: string | null;
}

/** What every scenario works on. */
export interface Workload {
  readonly items: readonly Item[];
  /** Programs that are measured on no side, because CPython and Assay do not trace them alike, by name. */
  readonly leftOut: readonly string[];
  /** Null where there is none, or where no scenario needs it. */
  readonly cpython: CPython | null;
}

/**
 * Makes the claims, and has Assay verify the traces of CPython: a side that leaves frames out is found here.
 *
 * @throws Error where a program cannot be traced, or where CPython and Assay disagree on many
 */
export async function prepareWorkload({ programs }: ProgramSet, cpython: CPython | null): Promise<Workload> {
  const assay = createAssay({ workers: availableParallelism(), queue: programs.length });
  try {
    const items = await Promise.all(programs.map((program) => claimTruth(assay, program)));
    if (cpython === null) return { items, leftOut: [], cpython };
    const answers = await askAll(cpython, items);
    const agreed = await Promise.all(items.map((item, index) => agree(assay, item, answers[index] ?? '')));
    const kept = items.flatMap((item, index) => (agreed[index] ? [{ ...item, answer: answers[index] ?? '' }] : []));
    const leftOut = items.filter((_, index) => !agreed[index]).map(({ name }) => name);
    if (kept.length < items.length * LEAST_AGREEMENT) {
      throw new Error(`CPython ${cpython.version} and Assay do not trace alike: ${leftOut.join(', ')}`);
    }
    return { items: kept, leftOut, cpython };
  } finally {
    await assay.close();
  }
}

async function claimTruth(assay: Assay, { name, source, call }: Program): Promise<Item> {
  const program = { source, entry: { call }, python: PYTHON } as const;
  const { text = '', status } = await assay.trace({ program, format: 'cwm' });
  if (status !== 'returned' && status !== 'raised') throw new Error(`${name} was not traced to its end: ${status}`);
  const request: VerifyRequest = { program, claim: { kind: 'trace', format: 'cwm', text } };
  return { name, source, call, request, line: JSON.stringify({ source, call }), answer: null };
}

async function askAll(cpython: CPython, items: readonly Item[]): Promise<string[]> {
  await using tracer = new LineProcess(cpython, 'forking.py');
  return await tracer.ask(items.map(({ line }) => line));
}

async function agree(assay: Assay, { request }: Item, answer: string): Promise<boolean> {
  const { frames } = JSON.parse(answer) as { frames: unknown[] };
  const { status } = await assay.verify({ ...request, claim: { kind: 'trace', format: 'json', frames } });
  return status === 'verified';
}
