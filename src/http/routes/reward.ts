import { RewardRequest, RewardResponse } from '../../reward/reward-request.ts';
import { hangUpSignal } from '../cancel.ts';
import { nearest, requestDeadline } from '../deadline.ts';
import type { Route } from './route.ts';
import { bodyProblems } from './route.ts';

/** What claims earn in training. */
export const rewardRoute: Route = (server, { rewarder, options }) => {
  server.route({
    method: 'POST',
    url: '/v1/reward',
    bodyLimit: options.batchLimit,
    schema: {
      operationId: 'reward',
      summary: 'Rewards claims about programs, for training.',
      description:
        'One number in [0, 1] or null for each item, with the same metrics for every item. Whatever a model wrote has a reward; an item that gets no verdict has null and stands in `failures`. Nothing is corrected. The header `X-Request-Deadline` counts as `deadline_ms` does, in milliseconds from now or since 1970.',
      body: RewardRequest,
      response: {
        200: { description: 'The rewards.', content: { 'application/json': { schema: RewardResponse } } },
        ...bodyProblems(),
      },
    },
    handler: (request, reply) => {
      const { items, deadline_ms, ...rest } = request.body;
      return rewarder.score(items, {
        ...rest,
        deadlineMs: nearest(deadline_ms, requestDeadline(request)),
        caller: request.caller,
        signal: hangUpSignal(reply),
        onInternal: (error) => request.log.error({ err: error }, 'an item of a reward failed'),
      });
    },
  });
};
