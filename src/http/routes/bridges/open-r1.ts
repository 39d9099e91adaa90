import { z } from 'zod';
import type { OpenR1Execution } from '../../../../bridges/trainers/open-r1.ts';
import {
  deadlineMs,
  notRun,
  OpenR1Request,
  OpenR1Response,
  toExecution,
  toScripts,
} from '../../../../bridges/trainers/open-r1.ts';
import type { Script } from '../../../../bridges/trainers/script.ts';
import { callOptions } from '../../call-options.ts';
import { toFault } from '../../faults.ts';
import type { Route } from '../route.ts';
import { bodyProblems } from '../route.ts';
import { runScript } from './running.ts';

/** Scripts of one request that are under way at one time. */
const CONCURRENCY = 16;

/** The router that open-r1 sends scripts to. */
export const openR1Routes: Route = (server, { assay, options, readiness }) => {
  server.route({
    method: 'POST',
    url: '/bridges/open-r1/execute_batch',
    bodyLimit: options.batchLimit,
    schema: {
      operationId: 'openR1ExecuteBatch',
      summary: 'open-r1: runs Python scripts.',
      body: OpenR1Request,
      response: {
        200: { description: 'How each ended.', content: { 'application/json': { schema: OpenR1Response } } },
        ...bodyProblems(),
      },
    },
    handler: async (request, reply) => {
      const call = callOptions(request, reply);
      const end = performance.now() + Math.min(deadlineMs(request.body), call.deadlineMs ?? Number.POSITIVE_INFINITY);
      const scripts = toScripts(request.body);
      const executions: OpenR1Execution[] = [];
      const one = async (script: Script): Promise<OpenR1Execution> => {
        const left = end - performance.now();
        if (left <= 0) return notRun('time: the request’s time was over before the script’s turn came');
        try {
          return toExecution(await runScript(assay, script, { ...call, deadlineMs: left }));
        } catch (error) {
          call.signal.throwIfAborted();
          const fault = toFault(error, request.id);
          if (fault.status === 500) request.log.error({ err: error }, 'a script failed');
          return notRun(`${fault.code}: ${fault.message}`);
        }
      };
      const waiting = scripts.entries();
      const lane = async () => {
        for (const [index, script] of waiting) executions[index] = await one(script);
      };
      await Promise.all(Array.from({ length: Math.min(CONCURRENCY, scripts.length) }, lane));
      return executions;
    },
  });

  server.route({
    method: 'GET',
    url: '/bridges/open-r1/health',
    logLevel: 'warn',
    config: { open: true },
    schema: {
      operationId: 'openR1Health',
      response: {
        200: {
          description: 'Ready.',
          content: { 'application/json': { schema: z.strictObject({ status: z.literal('ok') }) } },
        },
        503: {
          description: 'Not ready.',
          content: { 'application/json': { schema: z.strictObject({ status: z.literal('unavailable') }) } },
        },
      },
    },
    handler: async (_request, reply) =>
      (await readiness()).ready
        ? reply.send({ status: 'ok' as const })
        : reply.code(503).send({ status: 'unavailable' as const }),
  });
};
