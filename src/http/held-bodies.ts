import type { FastifyInstance, FastifyRequest } from 'fastify';
import { Fault } from '../../core/fault.ts';
import { RETRY_AFTER_S } from './options.ts';

/**
 * Bounds the bodies that are held at one time, all requests together: a limit for each body alone lets a hundred
 * clients fill the memory. A request counts from its header to the end of its answer.
 *
 * @param limit in bytes
 */
export function installHeldBodies(server: FastifyInstance, limit: number): void {
  const held = new WeakMap<FastifyRequest, number>();
  let sum = 0;

  server.addHook('onRequest', (request, _reply, done) => {
    const size = announcedSize(request);
    // A single body always passes: its own limit bounds it.
    if (size > 0 && sum > 0 && sum + size > limit) {
      done(new Fault('queue-full', 'too many bodies are under way', { retryAfterSeconds: RETRY_AFTER_S }));
      return;
    }
    sum += size;
    held.set(request, size);
    done();
  });
  server.addHook('onResponse', (request, _reply, done) => {
    sum -= held.get(request) ?? 0;
    held.delete(request);
    done();
  });
}

/** Bytes that a request may send: what it announces, or all that its route takes where it does not say. */
function announcedSize(request: FastifyRequest): number {
  const most = request.routeOptions.bodyLimit ?? 0;
  const announced = request.headers['content-length'];
  if (announced !== undefined) return Math.min(Number(announced) || 0, most);
  return request.headers['transfer-encoding'] === undefined ? 0 : most;
}
