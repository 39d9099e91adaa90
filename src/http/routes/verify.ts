import { VerifyRequest, VerifyResponse } from '../../../core/verdict.ts';
import { callOptions } from '../call-options.ts';
import type { Route } from './route.ts';
import { bodyProblems } from './route.ts';

/** One claim, one verdict. */
export const verifyRoute: Route = (server, { assay, options }) => {
  server.route({
    method: 'POST',
    url: '/v1/verify',
    bodyLimit: options.bodyLimit,
    schema: {
      operationId: 'verify',
      summary: 'Tests a claim about a program.',
      description: 'Whatever a model wrote gets a verdict with status 200; only a broken request is an error.',
      body: VerifyRequest,
      response: {
        200: { description: 'The verdict.', content: { 'application/json': { schema: VerifyResponse } } },
        ...bodyProblems(),
      },
    },
    handler: (request, reply) => assay.verify(request.body, callOptions(request, reply)),
  });
};
