import { z } from 'zod';
import { SlimeRequest, toRollout } from '../../../../bridges/trainers/slime.ts';
import type { Route } from '../route.ts';
import { bodyProblems } from '../route.ts';
import { NumericQuery, scoreRollouts, toNumbers } from './scoring.ts';

/** What `--rm-url` of slime asks. */
export const slimeRoute: Route = (server, { rewarder, options }) => {
  server.route({
    method: 'POST',
    url: '/bridges/slime/rm',
    bodyLimit: options.bodyLimit,
    schema: {
      operationId: 'slimeRm',
      summary: 'slime: the reward of a sample, as a bare number.',
      body: SlimeRequest,
      querystring: NumericQuery,
      response: {
        200: { description: 'The reward.', content: { 'application/json': { schema: z.number() } } },
        ...bodyProblems(),
      },
    },
    handler: async (request, reply) => {
      const scores = await scoreRollouts(rewarder, [toRollout(request.body)], request.query, { request, reply });
      const [reward = 0] = toNumbers(scores, request.query);
      // A number would be taken for a status code.
      return reply.type('application/json').send(JSON.stringify(reward) as unknown as number);
    },
  });
};
