import { StdioServerTransport, serveStdio } from '@modelcontextprotocol/server/stdio';
import { createMcpServer } from './server.ts';
import type { ToolServices } from './tool.ts';

/** Largest message, in bytes. What it takes to read one grows with the square of its size. */
const MOST_BYTES = 8 * 1024 * 1024;

/** A connection over standard input and output. */
export interface StdioConnection {
  /** Settles when it has ended; false where it was given up because of what came in, such as a message too large. */
  readonly ended: Promise<boolean>;
  close(): Promise<void>;
}

/** Serves one agent over standard input and output, of which the latter carries nothing but the protocol. */
export function serveOverStdio(services: ToolServices): StdioConnection {
  const transport = new EndingTransport(undefined, undefined, { maxBufferSize: MOST_BYTES });
  const { close } = serveStdio(() => createMcpServer(services), {
    transport,
    // Nothing here changes, so there is nothing to subscribe to.
    maxSubscriptions: 0,
    onerror: services.onInternal,
  });
  return { ended: transport.ended.promise, close };
}

/** Tells when it ends: its input alone does not, since that is no longer read once a message was too large. */
class EndingTransport extends StdioServerTransport {
  readonly ended = Promise.withResolvers<boolean>();

  override async close(): Promise<void> {
    await super.close();
    this.ended.resolve(process.stdin.readableEnded);
  }
}
