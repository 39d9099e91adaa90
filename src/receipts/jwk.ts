import { calculateJwkThumbprint } from 'jose';
import { z } from 'zod';

/** 32 bytes in base64url. */
const Point = z.string().regex(/^[A-Za-z0-9_-]{43}$/);

const Ed25519 = z.object({ kty: z.literal('OKP'), crv: z.literal('Ed25519'), x: Point });

/** A private signing key, as its file holds it. */
export const PrivateJwk = Ed25519.extend({ d: Point });
export type PrivateJwk = z.infer<typeof PrivateJwk>;

export const PublicJwk = z
  .strictObject({
    kty: z.literal('OKP'),
    crv: z.literal('Ed25519'),
    x: Point,
    kid: z.string().describe('RFC 7638 thumbprint of the key.'),
    alg: z.literal('EdDSA'),
    use: z.literal('sig'),
  })
  .meta({ id: 'PublicJwk', description: 'A key that receipts are verified with (RFC 7517, RFC 8037).' });
export type PublicJwk = z.infer<typeof PublicJwk>;

export const Jwks = z.strictObject({ keys: z.array(PublicJwk) }).meta({ id: 'Jwks' });
export type Jwks = z.infer<typeof Jwks>;

/**
 * The public part of a key. Its id is computed and never read, so that no key can go by another one's.
 *
 * @throws ZodError where it is no Ed25519 key
 */
export async function publicPart(jwk: unknown): Promise<PublicJwk> {
  const { kty, crv, x } = Ed25519.parse(jwk);
  return { kty, crv, x, kid: await calculateJwkThumbprint({ kty, crv, x }), alg: 'EdDSA', use: 'sig' };
}

/** The Ed25519 keys of a JSON Web Key or of a set of them; keys of other kinds are left out. */
export async function keysIn(value: unknown): Promise<PublicJwk[]> {
  const set = z.object({ keys: z.array(z.unknown()).max(1000) }).safeParse(value);
  const candidates = set.success ? set.data.keys : [value];
  return await Promise.all(candidates.filter((key) => Ed25519.safeParse(key).success).map(publicPart));
}
