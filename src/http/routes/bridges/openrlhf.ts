import { OpenRlhfRequest, OpenRlhfResponse, toResponse, toRollouts } from '../../../../bridges/trainers/openrlhf.ts';
import type { Route } from '../route.ts';
import { bodyProblems } from '../route.ts';
import { METRIC_KEYS, NumericQuery, scoreRollouts, toNumbers } from './scoring.ts';

/** What `--reward.remote_url` of OpenRLHF asks. */
export const openRlhfRoute: Route = (server, { rewarder, options }) => {
  server.route({
    method: 'POST',
    url: '/bridges/openrlhf/get_reward',
    bodyLimit: options.batchLimit,
    schema: {
      operationId: 'openrlhfGetReward',
      summary: 'OpenRLHF: rewards of samples.',
      body: OpenRlhfRequest,
      querystring: NumericQuery,
      response: {
        200: { description: 'One number a sample.', content: { 'application/json': { schema: OpenRlhfResponse } } },
        ...bodyProblems(),
      },
    },
    handler: async (request, reply) => {
      const scores = await scoreRollouts(rewarder, toRollouts(request.body), request.query, { request, reply });
      return toResponse(toNumbers(scores, request.query), scores, METRIC_KEYS);
    },
  });
};
