import type { FastifyInstance, FastifyRequest } from 'fastify';

/** The pattern of the route that a request goes to; no caller can make up another. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? 'none';
}

/**
 * One line a request, when its answer is complete: who asked for which route, and what came of it. Neither bodies nor
 * query strings, so that no program and no value gets into a log.
 */
export function installRequestLog(server: FastifyInstance): void {
  server.addHook('onResponse', (request, reply, done) => {
    request.log.info(
      {
        method: request.method,
        route: routeOf(request),
        caller: request.caller,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime * 1000) / 1000,
        ...(!reply.raw.writableFinished && { cut: true }),
      },
      'answered',
    );
    done();
  });
}
