import type { FastifyInstance } from 'fastify';
import { Fault } from '../../core/fault.ts';

/**
 * While the server closes: what is in flight is finished, what still comes over open connections is answered with
 * `shutting-down`, and no connection is kept for another request.
 */
export function installDraining(server: FastifyInstance): void {
  let draining = false;

  server.addHook('preClose', (done) => {
    draining = true;
    done();
  });
  server.addHook('onRequest', (_request, _reply, done) => {
    done(draining ? new Fault('shutting-down', 'the daemon finishes its work and stops; ask another one') : undefined);
  });
  server.addHook('onSend', (_request, reply, payload, done) => {
    if (draining) reply.header('connection', 'close');
    done(null, payload);
  });
  server.addHook('onResponse', (_request, _reply, done) => {
    // A stream that began before the closing has told its client to keep the connection.
    if (draining) setImmediate(() => server.server.closeIdleConnections());
    done();
  });
}
