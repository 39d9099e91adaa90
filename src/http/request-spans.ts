import { type Context, context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import { VERSION } from '../config/version.ts';
import { routeOf } from './request-log.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Holds the request's span; null for requests that have none. */
    traceContext: Context | null;
  }
}

/**
 * A span for each request, below the one that its headers name (`traceparent`), and around what its handler does. Health
 * checks have none. Without an SDK a span is an empty object.
 */
export function installRequestSpans(server: FastifyInstance): void {
  const tracer = trace.getTracer('assay', VERSION);
  server.decorateRequest('traceContext', null);

  server.addHook('onRequest', (request, _reply, done) => {
    if (request.routeOptions.config?.open === true) return done();
    const parent = propagation.extract(ROOT_CONTEXT, request.headers);
    const route = routeOf(request);
    const attributes = { 'http.request.method': request.method, 'http.route': route };
    const span = tracer.startSpan(`${request.method} ${route}`, { kind: SpanKind.SERVER, attributes }, parent);
    request.traceContext = trace.setSpan(parent, span);
    done();
  });
  // Not before the body was read: its events come in the context of the connection.
  server.addHook('preHandler', (request, _reply, done) => {
    if (request.traceContext === null) done();
    else context.with(request.traceContext, done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    const span = request.traceContext === null ? undefined : trace.getSpan(request.traceContext);
    span?.setAttribute('http.response.status_code', reply.statusCode);
    if (reply.statusCode >= 500) span?.setStatus({ code: SpanStatusCode.ERROR });
    span?.end();
    done();
  });
}
