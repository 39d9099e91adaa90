import { FlattenedSign } from 'jose';
import type { KeyStore } from './key-store.ts';
import { RECEIPT_TYPE, type Signer, type Statement } from './receipt.ts';

/**
 * Signs with the key of a store, which is made on first use.
 *
 * The algorithm is written `EdDSA` (RFC 8037). RFC 9864 prefers `Ed25519`, which few libraries read yet; the key says
 * which curve it is.
 *
 * @param now in milliseconds since 1970
 */
export function createSigner(store: KeyStore, now: () => number = Date.now): Signer {
  return {
    ready: async () => {
      await store.signingKey();
    },
    sign: async (unsigned) => {
      const { kid, jwk } = await store.signingKey();
      const statement: Statement = { ...unsigned, iat: Math.floor(now() / 1000) };
      const jws = await new FlattenedSign(new TextEncoder().encode(JSON.stringify(statement)))
        .setProtectedHeader({ alg: 'EdDSA', kid, typ: RECEIPT_TYPE })
        .sign({ ...jwk, alg: 'EdDSA' });
      return { protected: jws.protected ?? '', payload: jws.payload, signature: jws.signature };
    },
  };
}
