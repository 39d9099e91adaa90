import { createPublicKey, verify as verifyBytes } from 'node:crypto';
import fc from 'fast-check';
import { CompactSign, exportJWK, FlattenedSign, generateKeyPair, generateSecret, type JWK } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PublicJwk } from '../../../src/receipts/jwk.ts';
import { KeyStore } from '../../../src/receipts/key-store.ts';
import { RECEIPT_TYPE, type Receipt } from '../../../src/receipts/receipt.ts';
import { createSigner } from '../../../src/receipts/sign.ts';
import { checkReceipt } from '../../../src/receipts/verify.ts';
import { STATEMENT, temporaryDirectory } from './keys.ts';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const store = new KeyStore(temporaryDirectory());
let receipt: Receipt;
let keys: PublicJwk[];
let own: PublicJwk;

beforeAll(async () => {
  receipt = await createSigner(store, () => NOW).sign(STATEMENT);
  keys = await store.publicKeys();
  own = keys[0]!;
});

const check = (value: unknown, now = NOW, trusted = keys) =>
  checkReceipt(typeof value === 'string' ? value : JSON.stringify(value), trusted, now);

const base64url = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A receipt with our own signature under whatever header and payload. */
async function signedAs(header: Record<string, unknown>, payload: string): Promise<Receipt> {
  const { jwk } = await store.signingKey();
  const jws = await new FlattenedSign(Buffer.from(payload))
    .setProtectedHeader(header as { alg: string })
    .sign({ ...jwk, alg: 'EdDSA' }, { crit: { b64x: true } });
  return { protected: jws.protected ?? '', payload: jws.payload, signature: jws.signature };
}

const header = () => ({ alg: 'EdDSA', kid: own.kid, typ: RECEIPT_TYPE });
const payload = (rest: object = {}) => JSON.stringify({ ...STATEMENT, iat: NOW / 1000, ...rest });

describe('a receipt', () => {
  it('says what was signed', async () => {
    expect(await check(receipt)).toEqual({
      valid: true,
      kid: own.kid,
      statement: { ...STATEMENT, iat: NOW / 1000 },
    });
    expect(await check(JSON.stringify(receipt, null, 2))).toMatchObject({ valid: true });
  });

  it('is refused with any character changed', async () => {
    const text = JSON.stringify(receipt);
    for (let at = 0; at < text.length; at++) {
      for (const other of ['A', 'B', '_', '"']) {
        if (text[at] === other) continue;
        const changed = text.slice(0, at) + other + text.slice(at + 1);
        expect((await check(changed)).valid, `${at}: ${text[at]} → ${other}`).toBe(false);
      }
    }
  });

  it('is refused with any bit of what is signed changed', async () => {
    for (const field of ['payload', 'signature', 'protected'] as const) {
      const bytes = Buffer.from(receipt[field], 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit += field === 'payload' ? 7 : 1) {
        const changed = Buffer.from(bytes);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect((await check({ ...receipt, [field]: changed.toString('base64url') })).valid).toBe(false);
      }
    }
  });

  it('is refused where it decodes to the same and is written otherwise', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const last = alphabet.indexOf(receipt.signature.at(-1)!);
    // 64 bytes leave four bits of the last character without a meaning.
    const sibling = receipt.signature.slice(0, -1) + alphabet[last ^ 1];
    expect(Buffer.from(sibling, 'base64url')).toEqual(Buffer.from(receipt.signature, 'base64url'));
    expect(await check({ ...receipt, signature: sibling })).toMatchObject({ valid: false });
    expect(await check({ ...receipt, signature: `${receipt.signature}==` })).toMatchObject({ valid: false });
  });

  it('is refused without a signature, or with that of another algorithm or key', async () => {
    const none = { protected: base64url({ ...header(), alg: 'none' }), payload: receipt.payload };
    expect((await check({ ...none, signature: '' })).valid).toBe(false);
    expect((await check({ ...none, signature: receipt.signature })).valid).toBe(false);

    // Confusion: the public key taken for the secret of a MAC.
    const secret = Buffer.from(own.x, 'base64url');
    const mac = await new FlattenedSign(Buffer.from(payload()))
      .setProtectedHeader({ ...header(), alg: 'HS256' })
      .sign(secret);
    expect((await check(mac)).valid).toBe(false);
    const random = await new FlattenedSign(Buffer.from(payload()))
      .setProtectedHeader({ ...header(), alg: 'HS256' })
      .sign(await generateSecret('HS256'));
    expect((await check(random)).valid).toBe(false);

    const foreign = await generateKeyPair('EdDSA', { extractable: true });
    const foreignJwk = await exportJWK(foreign.publicKey);
    const tricks: Record<string, unknown>[] = [
      {},
      { jwk: foreignJwk },
      { jku: 'https://keys.example/jwks.json' },
      { kid: 'another' },
      { crit: ['b64x'], b64x: 1 },
    ];
    for (const trick of tricks) {
      const forged = await new FlattenedSign(Buffer.from(payload()))
        .setProtectedHeader({ ...header(), ...trick } as { alg: string })
        .sign(foreign.privateKey, { crit: { b64x: true } });
      expect((await check(forged)).valid, JSON.stringify(trick)).toBe(false);
    }
    expect(await check(receipt, NOW, [])).toMatchObject({ valid: false, problem: expect.stringContaining(own.kid) });
    // A key that goes by the id of ours: ids are computed where keys are read, and this one never gets that far.
    const impostor: PublicJwk = { ...own, x: (foreignJwk as JWK).x ?? '' };
    expect((await check(receipt, NOW, [impostor])).valid).toBe(false);
  });

  it('is refused with a header that says more or something else, though it is signed', async () => {
    expect((await check(await signedAs(header(), payload()))).valid).toBe(true);
    for (const other of [
      { ...header(), typ: 'JWT' },
      { alg: 'EdDSA', kid: own.kid },
      { ...header(), jwk: own },
      { ...header(), crit: ['b64x'], b64x: 1 },
    ]) {
      expect((await check(await signedAs(other, payload()))).valid, JSON.stringify(other)).toBe(false);
    }
  });

  it('is refused where a name stands twice, in each of its parts', async () => {
    const text = JSON.stringify(receipt);
    expect((await check(`${text.slice(0, -1)},"payload":"${receipt.payload}"}`)).valid).toBe(false);
    const twice = `${payload().slice(0, -1)},"decision":"accept"}`;
    expect(await check(await signedAs(header(), twice))).toMatchObject({
      valid: false,
      problem: expect.stringContaining('"decision" stands there twice'),
    });
    const doubled = base64url(`{"alg":"none",${JSON.stringify(header()).slice(1)}`);
    expect((await check({ ...receipt, protected: doubled })).valid).toBe(false);
  });

  it('is refused after its time and before it', async () => {
    const signed = await signedAs(header(), payload({ exp: NOW / 1000 + 60 }));
    expect((await check(signed, NOW)).valid).toBe(true);
    expect((await check(signed, NOW + 59_999)).valid).toBe(true);
    expect(await check(signed, NOW + 60_000)).toEqual({
      valid: false,
      problem: 'it expired at 2026-06-01T12:01:00.000Z',
    });
    expect((await check(receipt, NOW - 59_000)).valid).toBe(true);
    expect((await check(receipt, NOW - 61_000)).valid).toBe(false);
  });

  it('is refused as anything else, with a reason', async () => {
    const compact = await new CompactSign(Buffer.from(payload()))
      .setProtectedHeader(header())
      .sign({ ...(await store.signingKey()).jwk, alg: 'EdDSA' });
    for (const text of ['', 'null', '[]', '{}', '"x"', compact, '{'.repeat(100_000), `[${'['.repeat(50_000)}`]) {
      expect(await check(text)).toMatchObject({ valid: false, problem: expect.stringMatching(/./) });
    }
    expect(await check({ decision: 'accept', receipt })).toMatchObject({
      valid: false,
      problem: expect.stringContaining('only the field `receipt`'),
    });
    expect((await check(await signedAs(header(), '{"decision":"accept"}'))).valid).toBe(false);
    expect((await check(await signedAs(header(), payload({ more: 1 })))).valid).toBe(false);
  });

  it('is never taken for one that is made up', async () => {
    const part = fc.oneof(fc.constantFrom(receipt.protected, receipt.payload, receipt.signature), fc.base64String());
    const made = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ protected: part, payload: part, signature: part }).map((parts) => JSON.stringify(parts)),
      fc.jsonValue().map((claimed) =>
        JSON.stringify({
          protected: base64url({ ...header(), kid: own.kid }),
          payload: base64url(claimed),
          signature: receipt.signature,
        }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(made, async (text) => {
        fc.pre(text !== JSON.stringify(receipt));
        expect(await check(text)).toMatchObject({ valid: false, problem: expect.stringMatching(/./) });
      }),
      { numRuns: 300 },
    );
  });

  it('is a signature that Node verifies as well', () => {
    const key = createPublicKey({ format: 'jwk', key: { kty: own.kty, crv: own.crv, x: own.x } });
    const signed = Buffer.from(`${receipt.protected}.${receipt.payload}`);
    const signature = Buffer.from(receipt.signature, 'base64url');
    expect(verifyBytes(null, signed, key, signature)).toBe(true);
    signed[10]! ^= 1;
    expect(verifyBytes(null, signed, key, signature)).toBe(false);
  });
});
