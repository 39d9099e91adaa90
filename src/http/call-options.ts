import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CallOptions } from '../verify/assay.ts';
import { hangUpSignal } from './cancel.ts';
import { requestDeadline } from './deadline.ts';

interface SentOptions extends CallOptions {
  readonly signal: AbortSignal;
}

/**
 * What the engine needs to know of whoever sent a request.
 *
 * @throws Fault `invalid-request` where the header `X-Request-Deadline` does not fit
 */
export function callOptions(request: FastifyRequest, reply: FastifyReply): SentOptions {
  const deadlineMs = requestDeadline(request);
  return {
    signal: hangUpSignal(reply),
    caller: request.caller,
    ...(deadlineMs !== undefined && { deadlineMs }),
  };
}
