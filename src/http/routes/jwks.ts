import { Jwks } from '../../receipts/jwk.ts';
import type { Route } from './route.ts';
import { problem } from './route.ts';

/** Seconds for which the keys may be kept: a key that is withdrawn is trusted no longer than that. */
const MAX_AGE_S = 300;

/** The keys that receipts are verified with. */
export const jwksRoute: Route = (server, { keys }) => {
  server.route({
    method: 'GET',
    url: '/.well-known/jwks.json',
    config: { open: true },
    schema: {
      operationId: 'jwks',
      summary: 'The public keys that receipts are verified with.',
      description: 'Empty before the first receipt. A key that was rotated stays, until it is withdrawn.',
      response: {
        200: { description: 'A JSON Web Key Set (RFC 7517).', content: { 'application/json': { schema: Jwks } } },
        500: problem('The keys cannot be read.'),
      },
    },
    handler: async (_request, reply) => {
      reply.header('cache-control', `public, max-age=${MAX_AGE_S}`);
      return { keys: await keys.publicKeys() };
    },
  });
};
