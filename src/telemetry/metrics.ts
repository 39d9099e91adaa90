/** Seconds: from a claim that is only compared to a run that uses its whole wall-clock budget. */
const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 120];

/**
 * Every metric of Assay's own. Names follow Prometheus' conventions: a prefix, base units, `_total` for counters. Labels
 * take values from short lists only; nothing that a caller, a claim or a program can make up becomes one.
 */
export const METRICS = {
  assay_build_info: {
    type: 'gauge',
    help: '1, with what answers are computed with.',
    labels: ['version', 'policy', 'python', 'engine'],
  },
  assay_ready: { type: 'gauge', help: '1 if the last readiness check passed.', labels: [] },
  assay_http_requests_total: {
    type: 'counter',
    help: 'Requests that were answered, by pattern of route.',
    labels: ['method', 'route', 'status'],
  },
  assay_http_request_duration_seconds: {
    type: 'histogram',
    help: 'From the header of a request to the end of its answer.',
    labels: ['route'],
    buckets: SECONDS,
  },
  assay_verifications_total: {
    type: 'counter',
    help: 'Claims that got a verdict, by the face that they came through.',
    labels: ['verdict', 'kind', 'face'],
  },
  assay_inconclusive_total: {
    type: 'counter',
    help: 'Verdicts that show nothing, by reason.',
    labels: ['reason'],
  },
  assay_faults_total: { type: 'counter', help: 'Claims that got no verdict, by code of fault.', labels: ['code'] },
  assay_stage_duration_seconds: {
    type: 'histogram',
    help: 'What a claim spent in each stage.',
    labels: ['stage'],
    buckets: SECONDS,
  },
  assay_queue_depth: { type: 'gauge', help: 'Runs that wait for a worker.', labels: ['pool'] },
  assay_workers: { type: 'gauge', help: 'Workers.', labels: ['pool', 'state'] },
  assay_worker_restarts_total: {
    type: 'counter',
    help: 'Workers that were replaced: ended from outside, or not to be used again.',
    labels: ['pool'],
  },
} as const satisfies Readonly<Record<string, MetricSpec>>;

export interface MetricSpec {
  readonly type: 'counter' | 'gauge' | 'histogram';
  readonly help: string;
  readonly labels: readonly string[];
  /** Upper bounds of a histogram's buckets. */
  readonly buckets?: readonly number[];
}

export type MetricName = keyof typeof METRICS;
/** The labels of a metric, each with its value. */
export type LabelsOf<Name extends MetricName> = Readonly<Record<(typeof METRICS)[Name]['labels'][number], string>>;
