import { z } from 'zod';
import { Stamp } from '../../core/stamp.ts';

/** Largest receipt that is read, in characters. */
export const MOST_RECEIPT_CHARACTERS = 16 * 1024 * 1024;

const Base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** A signed statement, as a JSON Web Signature (RFC 7515) in its flattened JSON form. */
export const Receipt = z
  .strictObject({
    protected: Base64url.describe('`{"alg":"EdDSA","kid":…,"typ":"assay-receipt+json"}`'),
    payload: Base64url.describe('The statement: digests of program and claim, verdict, stamp and time.'),
    signature: Base64url.describe('Ed25519.'),
  })
  .meta({ id: 'Receipt', description: 'JWS, flattened; keys are at `/.well-known/jwks.json`.' });
export type Receipt = z.infer<typeof Receipt>;

/** The media type of what is signed, which keeps a signature of ours for something else from counting as a receipt. */
export const RECEIPT_TYPE = 'assay-receipt+json';

const Digest = z.string().regex(/^sha256:[0-9a-f]{64}$/);

/** Up to the year 5138, which dates can be written of. */
const Seconds = z.int().min(0).max(100_000_000_000);

const ReceiptItem = z.strictObject({
  id: z.string(),
  program: Digest,
  claim: Digest,
  checked: z.boolean(),
  basis: z.string(),
  status: z.string().nullable(),
  reason: z.string().nullable(),
  decision: z.string().nullable().describe('Of a gate, on this item.'),
  options: z
    .strictObject({ cross_check: z.boolean(), bounded: z.enum(['reject', 'accept']) })
    .describe('What the verdict depends on besides program and claim; `evidence` covers all of it.'),
  evidence: Digest.nullable(),
  stamp: Stamp.nullable(),
});
export type ReceiptItem = z.infer<typeof ReceiptItem>;

/** What a receipt says. Digests are of canonical JSON (RFC 8785). */
export const Statement = z.strictObject({
  by: z.enum(['gate', 'verify']),
  iat: Seconds.describe('When it was signed, in seconds since 1970.'),
  exp: Seconds.optional().describe('When it stops counting, in seconds since 1970.'),
  decision: z.string().nullable().describe('Of a gate.'),
  policy: z.strictObject({ name: z.string().nullable(), digest: Digest }).nullable(),
  error_bound: z.record(z.string(), z.number()).nullable().describe('What a spot check says about unchecked items.'),
  items: z.array(ReceiptItem),
});
export type Statement = z.infer<typeof Statement>;

/** What is signed without its time, which the signer adds. */
export type Unsigned = Omit<Statement, 'iat'>;

/** Signs statements. */
export interface Signer {
  /** Has a key made where there is none. @throws KeyError where nothing could be signed */
  ready(): Promise<void>;
  /** @throws KeyError */
  sign(statement: Unsigned): Promise<Receipt>;
}
