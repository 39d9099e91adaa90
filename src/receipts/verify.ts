import { flattenedVerify } from 'jose';
import { z } from 'zod';
import type { PublicJwk } from './jwk.ts';
import { MOST_RECEIPT_CHARACTERS, RECEIPT_TYPE, Receipt, Statement } from './receipt.ts';
import { parseStrictJson } from './strict-json.ts';

/** How far the clock of a signer may be ahead, in seconds. */
const CLOCK_SKEW_S = 60;

/** Nothing else: an algorithm, a key or an address that a receipt brings along is not asked. */
const Header = z.strictObject({ alg: z.literal('EdDSA'), kid: z.string(), typ: z.literal(RECEIPT_TYPE) });

/** A receipt that holds, or why it does not. */
export type CheckedReceipt =
  | { readonly valid: true; readonly kid: string; readonly statement: Statement }
  | { readonly valid: false; readonly problem: string };

/**
 * Whether a receipt is signed by one of these keys, whole, and in its time. It never throws.
 *
 * @param text the receipt as JSON
 * @param now in milliseconds since 1970
 */
export async function checkReceipt(text: string, keys: readonly PublicJwk[], now: number): Promise<CheckedReceipt> {
  try {
    return await check(text, keys, now);
  } catch (error) {
    if (error instanceof Refusal) return { valid: false, problem: error.message };
    throw error;
  }
}

class Refusal extends Error {}

async function check(text: string, keys: readonly PublicJwk[], now: number): Promise<CheckedReceipt> {
  if (text.length > MOST_RECEIPT_CHARACTERS) throw new Refusal('it is too large to be a receipt');
  const receipt = readReceipt(text);
  const header = read(Header, decode(receipt.protected), 'its header is not that of a receipt');
  const key = keys.find(({ kid }) => kid === header.kid);
  if (key === undefined)
    throw new Refusal(`it is signed with the key ${header.kid.slice(0, 64)}, which is not known here`);
  // Decoded before it is verified, so that text that decodes to the same bytes is not taken for the same receipt.
  const payload = decode(receipt.payload);
  decode(receipt.signature);
  await flattenedVerify(receipt, key, { algorithms: ['EdDSA'] }).catch(() => {
    throw new Refusal('the signature does not fit: it was changed, or somebody else signed it');
  });
  const statement = read(Statement, payload, 'what is signed is not a statement that is known here');
  const seconds = Math.floor(now / 1000);
  if (statement.iat > seconds + CLOCK_SKEW_S)
    throw new Refusal(`it was signed at ${iso(statement.iat)}, in the future`);
  if (statement.exp !== undefined && statement.exp <= seconds) throw new Refusal(`it expired at ${iso(statement.exp)}`);
  return { valid: true, kid: header.kid, statement };
}

function readReceipt(text: string): Receipt {
  const value = parse(text, 'it is not JSON');
  const receipt = Receipt.safeParse(value);
  if (receipt.success) return receipt.data;
  if (typeof value === 'object' && value !== null && Object.hasOwn(value, 'receipt')) {
    throw new Refusal('it is an answer, of which only the field `receipt` is signed: give that alone');
  }
  throw new Refusal('it is not a JSON Web Signature in flattened form: `protected`, `payload`, `signature`');
}

function read<Schema extends z.ZodType>(schema: Schema, text: string, problem: string): z.infer<Schema> {
  const checked = schema.safeParse(parse(text, problem));
  if (!checked.success) throw new Refusal(problem);
  return checked.data;
}

function parse(text: string, problem: string): unknown {
  try {
    return parseStrictJson(text);
  } catch (error) {
    throw new Refusal(`${problem}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** Text from base64url that is written as it has to be: bits that decoding drops could be changed unseen. */
function decode(encoded: string): string {
  const bytes = Buffer.from(encoded, 'base64url');
  if (bytes.toString('base64url') !== encoded) throw new Refusal('it is not written in base64url as it has to be');
  return bytes.toString('utf8');
}

function iso(seconds: number): string {
  return new Date(seconds * 1000).toISOString();
}
