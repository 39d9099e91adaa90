import { setTimeout as sleep } from 'node:timers/promises';
import type { Problem } from '../../core/fault.ts';
import { Fault, toProblem } from '../../core/fault.ts';
import type { VerifyRequest, VerifyResponse } from '../../core/verdict.ts';
import type { Summary } from '../report/result.ts';
import { count, NO_RESULTS } from '../report/summary.ts';
import type { Assay } from '../verify/assay.ts';
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
  /** Name under which a fault is logged. */
  readonly requestId: string;
  readonly onInternal: (error: unknown) => void;
}

type ItemLine = Exclude<BatchLine, { summary: Summary }>;

/** How long an item of a batch waits for room in the queue before it becomes an error, in milliseconds. */
const PATIENCE_MS = 120_000;
const LONGEST_PAUSE_MS = 1_000;

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
  const done: ItemLine[] = [];
  let underWay = 0;
  let wake = () => {};

  const start = (read: ReadItem, index: number) => {
    underWay++;
    void answerItem(assay, read, index, signal, options).then((line) => {
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
  { requestId, onInternal }: BatchOptions,
): Promise<ItemLine> {
  try {
    return { index, ...(await verifyPatiently(assay, read(), signal)) };
  } catch (error) {
    const fault = toFault(error, requestId);
    if (fault.status === 500 && !signal.aborted) onInternal(error);
    return { index, error: toProblem(fault) };
  }
}

/** The batch is a queue of its own: an item that finds the engine's queue full comes again. */
async function verifyPatiently(
  assay: Pick<Assay, 'verify'>,
  request: VerifyRequest,
  signal: AbortSignal,
): Promise<VerifyResponse> {
  const end = performance.now() + PATIENCE_MS;
  for (let pause = 20; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
    try {
      return await assay.verify(request, { signal });
    } catch (error) {
      if (!(error instanceof Fault) || error.code !== 'queue-full' || performance.now() > end) throw error;
      await sleep(pause, undefined, { signal });
    }
  }
}
