import {
  SandboxFusionRequest,
  SandboxFusionResponse,
  toResponse,
  toScript,
} from '../../../../bridges/trainers/sandbox-fusion.ts';
import { toProblem } from '../../../../core/fault.ts';
import { callOptions } from '../../call-options.ts';
import { toFault } from '../../faults.ts';
import { answerError } from '../../problems.ts';
import type { Route } from '../route.ts';
import { bodyProblems, problem } from '../route.ts';
import { runScript } from './running.ts';

/** Runs a test case as SandboxFusion does. verl tries again after 504 and after no other status. */
export const sandboxFusionRoute: Route = (server, { assay, options }) => {
  server.route({
    method: 'POST',
    url: '/bridges/sandbox-fusion/run_code',
    bodyLimit: options.bodyLimit,
    schema: {
      operationId: 'sandboxFusionRunCode',
      summary: 'SandboxFusion: runs a Python script.',
      body: SandboxFusionRequest,
      response: {
        200: { description: 'How it ended.', content: { 'application/json': { schema: SandboxFusionResponse } } },
        ...bodyProblems(),
        504: problem('No worker could take it; try again.'),
      },
    },
    errorHandler: (error, request, reply) => {
      const fault = toFault(error, request.id);
      if (fault.status < 500 || reply.raw.destroyed) return answerError(error, request, reply);
      request.log.warn({ code: fault.code, err: fault.cause }, 'refused');
      return reply
        .code(504)
        .type('application/problem+json')
        .send({ ...toProblem(fault), status: 504 });
    },
    handler: async (request, reply) =>
      toResponse(await runScript(assay, toScript(request.body), callOptions(request, reply))),
  });
};
