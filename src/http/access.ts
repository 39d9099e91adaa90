import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance } from 'fastify';
import { Fault } from '../../core/fault.ts';
import type { AccessToken } from './options.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks: `token:NAME` where a token was shown, else `address:IP`. Set before any route runs. */
    caller: string;
  }
  interface FastifyContextConfig {
    /** The route asks for no token and counts against no quota. */
    open?: boolean;
  }
}

const BEARER = /^bearer +([\x21-\x7e]{1,1024}) *$/i;
const MINUTE_MS = 60_000;
/** Callers whose requests of the last minute are remembered; the least recent are forgotten first. */
const REMEMBERED_CALLERS = 10_000;

/**
 * Knows callers by their bearer token. Without tokens everybody may call, and is known by address.
 *
 * Must be installed before the routes.
 */
export function installAccess(server: FastifyInstance, tokens: readonly AccessToken[]): void {
  const nameOf = createTokenCheck(tokens);
  server.decorateRequest('caller', '');
  server.addHook('onRequest', (request, reply, done) => {
    request.caller = `address:${request.ip}`;
    if (tokens.length === 0 || request.routeOptions.config?.open === true) return done();
    const shown = BEARER.exec(request.headers.authorization ?? '')?.[1];
    const name = shown === undefined ? undefined : nameOf(shown);
    if (name === undefined) {
      reply.header('www-authenticate', 'Bearer realm="assay"');
      const why = shown === undefined ? 'the request shows no bearer token' : 'the token is not known here';
      return done(new Fault('unauthorized', `${why}; send \`Authorization: Bearer …\``));
    }
    request.caller = `token:${name}`;
    done();
  });
}

/**
 * Bounds the requests that one caller makes in a minute; what exceeds it is 429, while 503 says that the daemon itself
 * is full. Must be installed after {@link installAccess} and before the routes.
 *
 * @param perMinute 0 sets no bound
 */
export function installQuota(server: FastifyInstance, perMinute: number): void {
  if (perMinute === 0) return;
  server.register(rateLimit, {
    max: perMinute,
    timeWindow: MINUTE_MS,
    cache: REMEMBERED_CALLERS,
    enableDraftSpec: true,
    keyGenerator: (request) => request.caller,
    allowList: (request) => request.routeOptions.config?.open === true,
    errorResponseBuilder: (_request, { max, ttl }) =>
      new Fault('over-quota', `this caller may make ${max} requests a minute`, { retryAfterSeconds: ttl / 1000 }),
  });
}

/**
 * Finds whose token it is, in a time that tells nothing of how near a wrong one was: digests under a key of this
 * process are compared, all of them, and each in constant time.
 */
function createTokenCheck(tokens: readonly AccessToken[]): (secret: string) => string | undefined {
  const key = randomBytes(32);
  const digest = (text: string) => createHmac('sha256', key).update(text).digest();
  const known = tokens.map(({ name, secret }) => ({ name, digest: digest(secret) }));
  return (secret) => {
    const shown = digest(secret);
    let found: string | undefined;
    for (const token of known) if (timingSafeEqual(token.digest, shown)) found = token.name;
    return found;
  };
}
