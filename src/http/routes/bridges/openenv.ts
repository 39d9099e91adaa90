import { z } from 'zod';
import {
  firstObservation,
  OpenEnvAction,
  OpenEnvObservation,
  OpenEnvReset,
  OpenEnvResult,
  OpenEnvState,
  OpenEnvStep,
  toResult,
  toRollout,
} from '../../../../bridges/trainers/openenv.ts';
import { Fault } from '../../../../core/fault.ts';
import { VERSION } from '../../../config/version.ts';
import { NO_REWARD_METRICS } from '../../../reward/metrics.ts';
import type { Route } from '../route.ts';
import { bodyProblems } from '../route.ts';
import { AbstainingQuery, scoreRollouts } from './scoring.ts';

const METADATA = {
  name: 'assay',
  description: 'Judges what a completion claims about a Python program. An episode has one step.',
  version: VERSION,
} as const;

const answer = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { 'application/json': { schema } } },
});

/** An environment of OpenEnv, over HTTP. */
export const openEnvRoutes: Route = (server, { rewarder, options, readiness }) => {
  server.route({
    method: 'POST',
    url: '/bridges/openenv/reset',
    schema: {
      operationId: 'openenvReset',
      summary: 'OpenEnv: begins an episode.',
      body: OpenEnvReset,
      response: { ...answer('The first observation.', OpenEnvResult), ...bodyProblems() },
    },
    handler: () => firstObservation(NO_REWARD_METRICS),
  });

  server.route({
    method: 'POST',
    url: '/bridges/openenv/step',
    bodyLimit: options.bodyLimit,
    schema: {
      operationId: 'openenvStep',
      summary: 'OpenEnv: the one step of an episode.',
      body: OpenEnvStep,
      querystring: AbstainingQuery,
      response: { ...answer('The reward.', OpenEnvResult), ...bodyProblems() },
    },
    handler: async (request, reply) => {
      const { timeout_s } = request.body;
      const deadlineMs = timeout_s === undefined || timeout_s === null ? undefined : timeout_s * 1000;
      const rollout = toRollout(request.body);
      const [score] = await scoreRollouts(rewarder, [rollout], request.query, { request, reply, deadlineMs });
      if (score === undefined) throw new Fault('internal', 'the rollout has no score');
      return toResult(score);
    },
  });

  server.route({
    method: 'GET',
    url: '/bridges/openenv/state',
    schema: { operationId: 'openenvState', response: answer('Nothing is kept.', OpenEnvState) },
    handler: () => ({ episode_id: null, step_count: 0 }),
  });

  server.route({
    method: 'GET',
    url: '/bridges/openenv/metadata',
    schema: {
      operationId: 'openenvMetadata',
      response: answer('About the environment.', z.record(z.string(), z.string())),
    },
    handler: () => METADATA,
  });

  server.route({
    method: 'GET',
    url: '/bridges/openenv/schema',
    schema: {
      operationId: 'openenvSchema',
      response: answer('JSON Schemas.', z.record(z.string(), z.record(z.string(), z.unknown()))),
    },
    handler: () => ({
      action: z.toJSONSchema(OpenEnvAction),
      observation: z.toJSONSchema(OpenEnvObservation),
      state: z.toJSONSchema(OpenEnvState),
    }),
  });

  server.route({
    method: 'GET',
    url: '/bridges/openenv/health',
    logLevel: 'warn',
    config: { open: true },
    schema: {
      operationId: 'openenvHealth',
      response: {
        ...answer('Healthy.', z.strictObject({ status: z.literal('healthy') })),
        503: {
          description: 'Unhealthy.',
          content: { 'application/json': { schema: z.strictObject({ status: z.literal('unhealthy') }) } },
        },
      },
    },
    handler: async (_request, reply) =>
      (await readiness()).ready
        ? reply.send({ status: 'healthy' as const })
        : reply.code(503).send({ status: 'unhealthy' as const }),
  });
};
