import type { Series } from './rounds.ts';

/** A figure, or the ratio of two, and how good it ought to be. */
export interface Aim {
  readonly name: string;
  readonly about: string;
  readonly figure: string;
  /** The figure is divided by this one, round by round. */
  readonly per?: string;
  readonly unit: string;
  readonly atLeast?: number;
  readonly atMost?: number;
}

/** What is compared, whether or not it has an aim. */
export const AIMS: readonly Aim[] = [
  {
    name: 'in process : one process a trace',
    about: 'one worker against one python3 started for each trace',
    figure: 'in-process-1.rate',
    per: 'cpython-one-process.rate',
    unit: '×',
    atLeast: 25,
  },
  {
    name: 'HTTP batch : one process a trace',
    about: 'the same, over HTTP',
    figure: 'http-batch-1.rate',
    per: 'cpython-one-process.rate',
    unit: '×',
    atLeast: 25,
  },
  {
    name: 'in process : forking',
    about: 'one worker against one python3 that forks, one fork at a time',
    figure: 'in-process-1.rate',
    per: 'cpython-forking.rate',
    unit: '×',
    atLeast: 1,
  },
  {
    name: 'HTTP batch : forking',
    about: 'the same, over HTTP',
    figure: 'http-batch-1.rate',
    per: 'cpython-forking.rate',
    unit: '×',
    atLeast: 1,
  },
  {
    name: 'forking : in process, processor time',
    about: 'processor time that a trace takes, all threads and processes of a side counted; above 1 ours takes less',
    figure: 'cpython-forking.processor',
    per: 'in-process-1.processor',
    unit: '×',
  },
  {
    name: 'in process : CPython in process',
    about: 'what is left of the speed of a tracer with no isolation and no comparison',
    figure: 'in-process-1.rate',
    per: 'cpython-in-process.rate',
    unit: '×',
  },
  {
    name: 'second worker in process',
    about: 'two workers against one',
    figure: 'in-process-2.rate',
    per: 'in-process-1.rate',
    unit: '×',
  },
  {
    name: 'second worker over HTTP',
    about: 'two workers against one',
    figure: 'http-batch-2.rate',
    per: 'http-batch-1.rate',
    unit: '×',
  },
  {
    name: 'rewards shared : one process a request',
    about: 'a run for each group, against one python3 a request behind an HTTP server',
    figure: 'rewards-shared.rate',
    per: 'rewards-cpython.rate',
    unit: '×',
    atLeast: 20,
  },
  {
    name: 'rewards shared : unshared',
    about: 'what sharing brings for groups of 8 about programs that were never seen before',
    figure: 'rewards-shared.rate',
    per: 'rewards-unshared.rate',
    unit: '×',
    atLeast: 5,
  },
  {
    name: 'rewards at 80 % of capacity',
    about: '99th percentile of what a reward takes, one sample a request, a run for each group',
    figure: 'rewards-paced.p99',
    unit: 'ms',
    atMost: 250,
  },
  {
    name: 'an item of a batch of 256',
    about: 'all that it takes with a kept run, HTTP and comparison included',
    figure: 'rewards-batch.item',
    unit: 'ms',
    atMost: 1,
  },
  {
    name: 'rewards kept : unshared',
    about: 'what kept runs bring',
    figure: 'rewards-kept.rate',
    per: 'rewards-unshared.rate',
    unit: '×',
  },
  {
    name: 'start to ready, 3.10',
    about: 'a daemon with one Python',
    figure: 'boot-3.10.ready',
    unit: 'ms',
    atMost: 1000,
  },
  {
    name: 'start to ready, 3.14',
    about: 'a daemon with one Python',
    figure: 'boot-3.14.ready',
    unit: 'ms',
    atMost: 1000,
  },
  {
    name: 'memory of two workers',
    about: 'resident memory of the daemon and its sandbox process after a batch',
    figure: 'memory.after-batch',
    unit: 'MB',
    atMost: 400,
  },
  {
    name: 'patch of one function',
    about: 'assay check from its start to its end, nothing running before',
    figure: 'check.cold',
    unit: 'ms',
    atMost: 2000,
  },
  {
    name: 'patch of one function, daemon',
    about: 'the same against a running daemon',
    figure: 'check.daemon',
    unit: 'ms',
    atMost: 500,
  },
  {
    name: 'patch of 200 modules',
    about: 'one changed function each, nothing running before',
    figure: 'check-200.wall',
    unit: 's',
    atMost: 60,
  },
  {
    name: 'long trace : CPython in process',
    about: 'what is left of the speed of a tracer with no isolation, over a million steps',
    figure: 'long-trace.rate',
    per: 'long-trace-cpython.rate',
    unit: '×',
  },
  {
    name: 'long trace : CPython in process, memory',
    about: 'peak memory of daemon and sandbox against one python3 that keeps all frames',
    figure: 'long-trace.peak',
    per: 'long-trace-cpython.peak',
    unit: '×',
  },
  {
    name: 'shadow : plain run',
    about: 'what a run with terms costs, against a traced one',
    figure: 'symbolic.shadow',
    per: 'symbolic.plain',
    unit: '×',
    atMost: 15,
  },
  {
    name: 'path check',
    about: 'beyond the replay, for a trace that is right',
    figure: 'symbolic.path-check',
    unit: 'ms',
    atMost: 20,
  },
  {
    name: 'verification : prediction',
    about: 'what it takes to check a frame of the embedded model, against writing it',
    figure: 'nano.verify',
    per: 'nano.predict',
    unit: '×',
    atMost: 0.05,
  },
];

/** An aim's value in each round that has one; empty where its scenarios were not run. */
export function valuesOf({ figure, per }: Pick<Aim, 'figure' | 'per'>, series: Series): number[] {
  const above = series.get(figure) ?? [];
  if (per === undefined) return above.filter(Number.isFinite);
  const below = series.get(per) ?? [];
  return above.map((value, round) => value / (below[round] ?? Number.NaN)).filter(Number.isFinite);
}

/** Whether a value is as good as it ought to be; null where nothing is asked of it. */
export function meets({ atLeast, atMost }: Pick<Aim, 'atLeast' | 'atMost'>, value: number): boolean | null {
  if (atLeast === undefined && atMost === undefined) return null;
  return value >= (atLeast ?? Number.NEGATIVE_INFINITY) && value <= (atMost ?? Number.POSITIVE_INFINITY);
}
