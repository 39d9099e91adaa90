import { z } from 'zod';
import { NemoGymRequest, NemoGymResponse, toResponse, toRollout } from '../../../../bridges/trainers/nemo-gym.ts';
import { Fault } from '../../../../core/fault.ts';
import type { Route } from '../route.ts';
import { bodyProblems } from '../route.ts';
import { AbstainingQuery, scoreRollouts } from './scoring.ts';

/** A resources server of NeMo Gym. */
export const nemoGymRoutes: Route = (server, { rewarder, options }) => {
  server.route({
    method: 'POST',
    url: '/bridges/nemo-gym/verify',
    bodyLimit: options.bodyLimit,
    schema: {
      operationId: 'nemoGymVerify',
      summary: 'NeMo Gym: the rollout with its reward.',
      body: NemoGymRequest,
      querystring: AbstainingQuery,
      response: {
        200: {
          description: 'The request and its reward.',
          content: { 'application/json': { schema: NemoGymResponse } },
        },
        ...bodyProblems(),
      },
    },
    handler: async (request, reply) => {
      const rollout = toRollout(request.body);
      const [score] = await scoreRollouts(rewarder, [rollout], request.query, { request, reply });
      if (score === undefined) throw new Fault('internal', 'the rollout has no score');
      return toResponse(request.body, score);
    },
  });

  server.route({
    method: 'POST',
    url: '/bridges/nemo-gym/seed_session',
    bodyLimit: options.bodyLimit,
    schema: {
      operationId: 'nemoGymSeedSession',
      summary: 'NeMo Gym: nothing is kept between requests, so there is nothing to seed.',
      body: z.looseObject({}),
      response: {
        200: { description: 'Done.', content: { 'application/json': { schema: z.strictObject({}) } } },
        ...bodyProblems(),
      },
    },
    handler: () => ({}),
  });

  server.route({
    method: 'GET',
    url: '/bridges/nemo-gym/reverify_mode',
    schema: {
      operationId: 'nemoGymReverifyMode',
      summary: 'NeMo Gym: stored rollouts can be verified again at any time.',
      response: {
        200: { description: 'The mode.', content: { 'application/json': { schema: z.literal('stateless') } } },
      },
    },
    handler: async (_request, reply) =>
      await reply.type('application/json').send(JSON.stringify('stateless') as 'stateless'),
  });
};
