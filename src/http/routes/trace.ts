import { TraceRequest, TraceResponse } from '../../verify/trace-request.ts';
import { callOptions } from '../call-options.ts';
import type { Route } from './route.ts';
import { bodyProblems } from './route.ts';

/** The true trace of a program. */
export const traceRoute: Route = (server, { assay, options }) => {
  server.route({
    method: 'POST',
    url: '/v1/trace',
    bodyLimit: options.bodyLimit,
    schema: {
      operationId: 'trace',
      summary: 'Runs a program and answers with its true trace.',
      body: TraceRequest,
      response: {
        200: { description: 'The trace.', content: { 'application/json': { schema: TraceResponse } } },
        ...bodyProblems(),
      },
    },
    handler: (request, reply) => assay.trace(request.body, callOptions(request, reply)),
  });
};
