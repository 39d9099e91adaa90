import { Readable } from 'node:stream';
import type { FastifyReply, FastifyTypeProviderDefault } from 'fastify';
import { z } from 'zod';
import { Fault, Problem, toProblem } from '../../../core/fault.ts';
import {
  SimulatedFrame,
  type SimulateEvent,
  SimulateRequest,
  SimulateResponse,
} from '../../simulate/simulate-request.ts';
import { callOptions } from '../call-options.ts';
import { EVENT_STREAM_TYPE, toEvent, withHeartbeat } from '../event-stream.ts';
import { isAbort, toFault } from '../faults.ts';
import type { Route } from './route.ts';
import { bodyProblems, problem } from './route.ts';

/** Simulations take seconds to minutes, so that room comes slowly. */
const SIMULATION_RETRY_S = 5;

const Event = z
  .union([
    z.strictObject({ event: z.literal('frame'), data: SimulatedFrame }),
    z.strictObject({ event: z.literal('done'), data: SimulateResponse }),
    z.strictObject({ event: z.literal('error'), data: Problem }),
  ])
  .meta({ id: 'SimulateEvent', description: 'One server-sent event: `frame` …, then `done` or `error`.' });

/** A model's run of a program, checked frame by frame, as server-sent events. */
export const simulateRoute: Route = (server, { simulator, options }) => {
  const enter = turnstile(options.simulations);
  // The answer is a stream of events and not one value of the schema, so the handler is not typed by it.
  server.withTypeProvider<FastifyTypeProviderDefault>().route({
    method: 'POST',
    url: '/v1/simulate',
    bodyLimit: options.bodyLimit,
    schema: {
      operationId: 'simulate',
      summary: 'Has a configured model simulate a program, and checks each frame as it arrives.',
      description: 'A client that hangs up stops the model. What fails before the first event is a problem document.',
      body: SimulateRequest,
      response: {
        200: { description: 'Events.', content: { [EVENT_STREAM_TYPE]: { schema: Event } } },
        ...bodyProblems(),
        502: problem('The model gave no usable answer.'),
        503: problem('The model cannot be reached, or too many simulations are under way.'),
        504: problem('The model did not answer in time.'),
      },
    },
    handler: async (request, reply) => {
      enter(reply);
      const events = simulator.simulate(request.body as SimulateRequest, callOptions(request, reply));
      // Headers go out with the first event, so that what fails before it has a status of its own.
      const first = await events.next();
      reply.header('cache-control', 'no-store').header('x-accel-buffering', 'no').type(EVENT_STREAM_TYPE);
      const texts = written(first, events, (error) => {
        const fault = toFault(error, request.id);
        if (fault.status >= 500) request.log.error({ err: fault.cause ?? fault }, 'a simulation failed');
        return toProblem(fault);
      });
      return reply.send(Readable.from(withHeartbeat(texts), { highWaterMark: 1 }));
    },
  });
};

/** Lets a number of requests in at one time: each holds a true run, and what the model wrote. */
function turnstile(most: number): (reply: FastifyReply) => void {
  let inside = 0;
  return (reply) => {
    if (inside >= most) {
      const message = `${most} simulations are under way; try again`;
      throw new Fault('queue-full', message, { retryAfterSeconds: SIMULATION_RETRY_S });
    }
    inside += 1;
    reply.raw.once('close', () => {
      inside -= 1;
    });
  };
}

async function* written(
  first: IteratorResult<SimulateEvent>,
  rest: AsyncGenerator<SimulateEvent>,
  toError: (error: unknown) => Problem,
): AsyncGenerator<string> {
  try {
    for (let next = first; next.done !== true; next = await rest.next())
      yield toEvent(next.value.event, next.value.data);
  } catch (error) {
    // Who has hung up reads no error.
    if (!isAbort(error)) yield toEvent('error', toError(error));
  } finally {
    await rest.return(undefined);
  }
}
