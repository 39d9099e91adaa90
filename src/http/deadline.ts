import type { FastifyRequest } from 'fastify';
import { Fault } from '../../core/fault.ts';

/** Smaller numbers are milliseconds from now, larger ones milliseconds since 1970: it lies in 1973. */
const LEAST_EPOCH_MS = 100_000_000_000;

/**
 * Milliseconds that are left by the header `X-Request-Deadline`: a whole number, either of milliseconds from now or of
 * milliseconds since 1970. At least 0; undefined where the header is missing.
 *
 * @throws Fault `invalid-request` where it is something else
 */
export function requestDeadline({ headers }: FastifyRequest): number | undefined {
  const given = headers['x-request-deadline'];
  if (given === undefined) return undefined;
  if (typeof given !== 'string' || !/^\d{1,15}$/.test(given)) {
    const message = 'must be a whole number of milliseconds, from now or since 1970';
    throw new Fault('invalid-request', `X-Request-Deadline ${message}`, {
      errors: [{ path: '/headers/x-request-deadline', message }],
    });
  }
  const number = Number(given);
  return number < LEAST_EPOCH_MS ? number : Math.max(0, number - Date.now());
}

/** The nearer of two deadlines, of which either may be missing. */
export function nearest(one: number | undefined, other: number | undefined): number | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return Math.min(one, other);
}
