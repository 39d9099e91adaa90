import type { Problem } from '../../core/fault.ts';
import { toProblem } from '../../core/fault.ts';
import type { VerifyRequest, VerifyResponse } from '../../core/verdict.ts';
import type { Summary } from '../report/result.ts';
import { count, NO_RESULTS } from '../report/summary.ts';
import type { Assay, CallOptions } from '../verify/assay.ts';
import { toFault } from './faults.ts';

/** One line of a batch's answer. */
export type BatchLine =
  | ({ readonly index: number } & VerifyResponse)
  | { readonly index: number; readonly error: Problem }
  | { readonly summary: Summary };

/** Reads an item only when its turn comes; throws a fault where it is no verify request. */
export type ReadItem = () => VerifyRequest;

export interface BatchOptions {
  /** Items under way at one time. */
  readonly concurrency: number;
  /** Gives up what is left. */
  readonly signal: AbortSignal;
  /** Who asks. Callers take turns. */
  readonly caller?: string;
  /** Milliseconds from now after which no answer is of use. */
  readonly deadlineMs?: number | undefined;
  /** Name under which a fault is logged. */
  readonly requestId: string;
  readonly onInternal: (error: unknown) => void;
}

type ItemLine = Exclude<BatchLine, { summary: Summary }>;

/** How long an item of a batch waits for room in the queue before it becomes an error, in milliseconds. */
const PATIENCE_MS = 120_000;

/**
 * Verifies items a few at a time and yields each as it is done. A consumer that does not read holds the next items
 * back; ending the generator or the signal gives up what is under way. A bad item harms no other.
 */
export async function* verifyBatch(
  assay: Pick<Assay, 'verify'>,
  items: Iterable<ReadItem>,
  options: BatchOptions,
): AsyncGenerator<BatchLine> {
  const abandoned = new AbortController();
  const signal = AbortSignal.any([options.signal, abandoned.signal]);
  const end = performance.now() + (options.deadlineMs ?? Number.POSITIVE_INFINITY);
  const done: ItemLine[] = [];
  let underWay = 0;
  let wake = () => {};

  const start = (read: ReadItem, index: number) => {
    underWay++;
    void answerItem(assay, read, index, signal, { ...options, deadlineMs: end - performance.now() }).then((line) => {
      underWay--;
      done.push(line);
      wake();
    });
  };
  const settled = async () => {
    while (done.length === 0) await new Promise<void>((resolve) => (wake = resolve));
  };

  let summary = NO_RESULTS;
  const report = (line: ItemLine): ItemLine => {
    summary = count(summary, 'error' in line ? 'errors' : line.status);
    return line;
  };

  try {
    let index = 0;
    for (const read of items) {
      if (signal.aborted) return;
      start(read, index++);
      while (underWay + done.length >= options.concurrency) {
        await settled();
        for (const line of done.splice(0)) yield report(line);
      }
    }
    while (underWay + done.length > 0) {
      await settled();
      for (const line of done.splice(0)) yield report(line);
    }
    if (!signal.aborted) yield { summary };
  } finally {
    abandoned.abort();
  }
}

async function answerItem(
  assay: Pick<Assay, 'verify'>,
  read: ReadItem,
  index: number,
  signal: AbortSignal,
  options: BatchOptions,
): Promise<ItemLine> {
  try {
    return { index, ...(await assay.verify(read(), callOptionsOf(signal, options))) };
  } catch (error) {
    const fault = toFault(error, options.requestId);
    if (fault.status === 500 && !signal.aborted) options.onInternal(error);
    return { index, error: toProblem(fault) };
  }
}

/** The batch is a queue of its own, so its items wait for a place in the engine's. */
function callOptionsOf(signal: AbortSignal, { caller, deadlineMs }: BatchOptions): CallOptions {
  return {
    signal,
    patienceMs: PATIENCE_MS,
    ...(caller !== undefined && { caller }),
    ...(deadlineMs !== undefined && Number.isFinite(deadlineMs) && { deadlineMs }),
  };
}
