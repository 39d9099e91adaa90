import { z } from 'zod';
import { Fault } from '../../../core/fault.ts';
import type { Route } from './route.ts';
import { notReadyProblem } from './route.ts';

const Live = z.strictObject({ status: z.literal('live') }).meta({ id: 'Live' });
const Ready = z.strictObject({ status: z.literal('ready'), detail: z.string() }).meta({ id: 'Ready' });

/** Probes ask every few seconds: their requests are logged only when something is wrong. */
const logLevel = 'warn';

/** Whether the process answers, and whether it can do its work. */
export const healthRoutes: Route = (server, { readiness }) => {
  server.route({
    method: 'GET',
    url: '/livez',
    logLevel,
    config: { open: true },
    schema: {
      operationId: 'livez',
      summary: 'The process answers.',
      response: { 200: { description: 'It does.', content: { 'application/json': { schema: Live } } } },
    },
    handler: () => ({ status: 'live' as const }),
  });

  server.route({
    method: 'GET',
    url: '/readyz',
    logLevel,
    config: { open: true },
    schema: {
      operationId: 'readyz',
      summary: 'A canary program was replayed lately on every interpreter.',
      response: {
        200: { description: 'Ready.', content: { 'application/json': { schema: Ready } } },
        ...notReadyProblem(),
      },
    },
    handler: async () => {
      const { ready, detail } = await readiness();
      if (!ready) throw new Fault('not-ready', detail);
      return { status: 'ready' as const, detail };
    },
  });
};
