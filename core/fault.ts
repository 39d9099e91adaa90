import { z } from 'zod';

/**
 * What can go wrong with a request, apart from what a model or a program does (that is a verdict).
 * `caller` faults are 4xx and name the fix; `ours` are 5xx.
 */
export const FAULTS = {
  'invalid-request': { status: 400, title: 'The request does not fit the schema' },
  unauthorized: { status: 401, title: 'The caller is not known' },
  'not-found': { status: 404, title: 'No such route' },
  'method-not-allowed': { status: 405, title: 'The route does not take this method' },
  'too-large': { status: 413, title: 'The body is too large' },
  'unsupported-media': { status: 415, title: 'The body has a content type that the route does not read' },
  'over-quota': { status: 429, title: 'The caller has used up its quota' },
  internal: { status: 500, title: 'Assay failed' },
  'predictor-failed': { status: 502, title: 'The model gave no usable answer' },
  'predictor-timeout': { status: 504, title: 'The model did not answer in time' },
  'worker-lost': { status: 500, title: 'The interpreter died twice on this request' },
  'predictor-unavailable': { status: 503, title: 'The model cannot be reached, or is busy' },
  'queue-full': { status: 503, title: 'The queue is full' },
  'shutting-down': { status: 503, title: 'The daemon is shutting down' },
  'not-ready': { status: 503, title: 'The daemon is not ready' },
} as const;

export type FaultCode = keyof typeof FAULTS;

export interface FieldError {
  /** JSON pointer into the body. */
  readonly path: string;
  readonly message: string;
}

/** A fault with a stable code. The `cause` is for the log and never leaves the process. */
export class Fault extends Error {
  override readonly name = 'Fault';
  readonly code: FaultCode;
  readonly errors: readonly FieldError[];
  readonly retryAfterSeconds: number | undefined;

  constructor(
    code: FaultCode,
    detail: string,
    options: { cause?: unknown; errors?: readonly FieldError[]; retryAfterSeconds?: number } = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.errors = options.errors ?? [];
    this.retryAfterSeconds = options.retryAfterSeconds;
  }

  get status(): number {
    return FAULTS[this.code].status;
  }
}

/** RFC 9457 problem details, as answered with `application/problem+json`. */
export const Problem = z
  .strictObject({
    type: z.string().describe('`urn:assay:problem:` and the code.'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string(),
    errors: z.array(z.strictObject({ path: z.string(), message: z.string() })).optional(),
    retry_after_s: z.number().optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof Problem>;

export function toProblem(fault: Fault): Problem {
  return {
    type: `urn:assay:problem:${fault.code}`,
    title: FAULTS[fault.code].title,
    status: fault.status,
    detail: fault.message,
    code: fault.code,
    ...(fault.errors.length > 0 && { errors: [...fault.errors] }),
    ...(fault.retryAfterSeconds !== undefined && { retry_after_s: fault.retryAfterSeconds }),
  };
}
