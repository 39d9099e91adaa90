import type { FastifyInstance } from 'fastify';
import type { Telemetry } from '../telemetry/telemetry.ts';
import { routeOf } from './request-log.ts';

/** Counts requests by the pattern of their route, and how long they took. */
export function installRequestMetrics(server: FastifyInstance, telemetry: Telemetry): void {
  server.addHook('onResponse', (request, reply, done) => {
    const route = routeOf(request);
    telemetry.count('assay_http_requests_total', { method: request.method, route, status: String(reply.statusCode) });
    telemetry.observe('assay_http_request_duration_seconds', { route }, reply.elapsedTime / 1000);
    done();
  });
}
