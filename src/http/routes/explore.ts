import { ExploreRequest, ExploreResponse } from '../../verify/explore-request.ts';
import { callOptions } from '../call-options.ts';
import type { Route } from './route.ts';
import { bodyProblems } from './route.ts';

/** The paths of a function. */
export const exploreRoute: Route = (server, { assay, options }) => {
  server.route({
    method: 'POST',
    url: '/v1/explore',
    bodyLimit: options.bodyLimit,
    schema: {
      operationId: 'explore',
      summary: 'Finds the paths of a function within bounds, each with an input that was replayed.',
      body: ExploreRequest,
      response: {
        200: { description: 'The paths.', content: { 'application/json': { schema: ExploreResponse } } },
        ...bodyProblems(),
      },
    },
    handler: (request, reply) => assay.explore(request.body, callOptions(request, reply)),
  });
};
