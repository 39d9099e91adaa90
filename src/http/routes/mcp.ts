import type { McpExchange } from '../mcp-exchange.ts';
import type { Route } from './route.ts';

/** Tools for agents, by the Model Context Protocol. */
export const mcpRoute: Route = (server, { assay, gate, options }) => {
  const services = {
    engine: assay,
    gate,
    onInternal: (error: unknown) => server.log.error({ err: error }, 'an MCP tool failed'),
  };
  let opened: Promise<McpExchange> | undefined;
  // Most daemons serve no agent, and the protocol takes a tenth of a second to load.
  const open = () => {
    opened ??= import('../mcp-exchange.ts').then(({ createMcpExchange }) =>
      createMcpExchange(services, options, (error) => server.log.info({ err: error }, 'an MCP request was refused')),
    );
    return opened;
  };
  server.addHook('onClose', async () => (await opened)?.close());
  server.route({
    method: ['GET', 'POST', 'DELETE'],
    url: '/mcp',
    bodyLimit: options.bodyLimit,
    schema: { hide: true },
    onRequest: async (request, reply) => (await open()).admit(request, reply),
    handler: async (request, reply) => (await open()).answer(request, reply),
  });
};
