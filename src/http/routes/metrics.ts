import { z } from 'zod';
import type { Route } from './route.ts';

/** What was counted, for Prometheus. */
export const metricsRoute: Route = (server, { options, telemetry }) => {
  if (options.metrics === 'off') return;
  telemetry.addProcessMetrics();
  server.route({
    method: 'GET',
    url: '/metrics',
    logLevel: 'warn',
    config: { open: options.metrics === 'open' },
    schema: {
      operationId: 'metrics',
      summary: 'What was counted, in the text format of Prometheus.',
      response: { 200: { description: 'Metrics.', content: { 'text/plain': { schema: z.string() } } } },
    },
    handler: async (_request, reply) => {
      const text = await telemetry.text();
      return reply
        .type(telemetry.contentType)
        .serializer((payload: unknown) => String(payload))
        .send(text);
    },
  });
};
