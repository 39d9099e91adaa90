import { hostHeaderValidation, originValidation } from '@modelcontextprotocol/fastify';
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { createMcpServer } from '../mcp/server.ts';
import type { ToolServices } from '../mcp/tool.ts';
import { hangUpSignal } from './cancel.ts';
import type { ServerOptions } from './options.ts';

/** One request of the Model Context Protocol and its answer, without sessions. */
export interface McpExchange {
  /** Answers 403 where a request comes under a strange name or from a strange page. */
  admit(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  answer(request: FastifyRequest, reply: FastifyReply): Promise<Response>;
  close(): Promise<void>;
}

const LOOPBACK = ['localhost', '127.0.0.1', '[::1]'];
const BODY_HEADERS: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding']);

/**
 * A page in a browser of this machine could reach a loopback address under a name of its own (DNS rebinding). So the
 * names under which it is asked are checked where no token keeps strangers out, and the origin always.
 *
 * @param onRefused is told of requests that are not of the protocol
 */
export function createMcpExchange(
  services: ToolServices,
  { mcpHosts, tokens }: Pick<ServerOptions, 'mcpHosts' | 'tokens'>,
  onRefused: (error: Error) => void,
): McpExchange {
  const names = [...LOOPBACK, ...mcpHosts];
  const checkHost = tokens.length === 0 ? hostHeaderValidation(names) : undefined;
  const checkOrigin = originValidation(names);
  const handler = createMcpHandler(
    ({ authInfo }) => createMcpServer(services, authInfo?.clientId),
    // Nothing here changes, so there is nothing to subscribe to; an open stream would only keep the daemon from stopping.
    { maxSubscriptions: 0, onerror: onRefused },
  );
  return {
    admit: async (request, reply) => {
      await checkHost?.(request, reply);
      if (!reply.sent) await checkOrigin(request, reply);
    },
    answer: (request, reply) => {
      const caller = { token: '', clientId: request.caller, scopes: [] };
      const exchange = exchangeOf(request, hangUpSignal(reply));
      return handler.fetch(exchange, { parsedBody: request.body, authInfo: caller });
    },
    close: () => handler.close(),
  };
}

/** The request as the SDK reads one, without its body, which is parsed already. */
function exchangeOf({ method, headers }: FastifyRequest, signal: AbortSignal): Request {
  const copied = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (typeof value === 'string' && !BODY_HEADERS.has(name)) copied.set(name, value);
  }
  return new Request('http://localhost/mcp', { method, headers: copied, signal });
}
