import { PatchRequest, PatchResponse } from '../../check/patch-request.ts';
import { hangUpSignal } from '../cancel.ts';
import type { Route } from './route.ts';
import { bodyProblems } from './route.ts';

/** What a patch changes. */
export const patchRoute: Route = (server, { assay, options }) => {
  server.route({
    method: 'POST',
    url: '/v1/patch',
    bodyLimit: options.bodyLimit,
    schema: {
      operationId: 'patch',
      summary: 'Runs two versions of some modules on the same inputs, and reports claims, differences and tests.',
      body: PatchRequest,
      response: {
        200: { description: 'The findings.', content: { 'application/json': { schema: PatchResponse } } },
        ...bodyProblems(),
      },
    },
    handler: (request, reply) => assay.patch(request.body, { signal: hangUpSignal(reply) }),
  });
};
