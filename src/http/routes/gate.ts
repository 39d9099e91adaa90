import { Fault } from '../../../core/fault.ts';
import { GateRequest, GateResponse } from '../../gate/gate-request.ts';
import { KeyError } from '../../receipts/key-error.ts';
import { callOptions } from '../call-options.ts';
import type { Route } from './route.ts';
import { bodyProblems } from './route.ts';

/** Whether simulated results may be acted on. */
export const gateRoute: Route = (server, { gate, options }) => {
  server.route({
    method: 'POST',
    url: '/v1/gate',
    bodyLimit: options.batchLimit,
    schema: {
      operationId: 'gate',
      summary: 'Decides whether simulated results may be acted on, by a policy, and signs what it found.',
      description:
        'Results that the policy wants verified are replayed; what a spot check leaves out is never called verified. A result that gets no verdict is held.',
      body: GateRequest,
      response: {
        200: { description: 'The decision.', content: { 'application/json': { schema: GateResponse } } },
        ...bodyProblems(),
      },
    },
    handler: (request, reply) =>
      gate
        .decide(request.body, {
          ...callOptions(request, reply),
          onInternal: (error) => request.log.error({ err: error }, 'a result at the gate failed'),
        })
        .catch((error: unknown) => {
          if (!(error instanceof KeyError)) throw error;
          const detail = 'receipts cannot be signed here, and the log says why; `"receipt": false` asks for none';
          throw new Fault('internal', detail, { cause: error });
        }),
  });
};
