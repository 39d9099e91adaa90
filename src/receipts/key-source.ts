import { readFile, stat } from 'node:fs/promises';
import { keysIn, type PublicJwk } from './jwk.ts';
import { KeyError } from './key-error.ts';
import { parseStrictJson } from './strict-json.ts';

const MOST_BYTES = 1024 * 1024;
const FETCH_MS = 10_000;

/**
 * The keys of a file or an HTTP address: a JSON Web Key, or a set of them. The address of a daemon stands for its
 * `/.well-known/jwks.json`.
 *
 * @throws {KeyError} where there are none, or where anybody on the way could put theirs there
 */
export async function keysFrom(source: string): Promise<PublicJwk[]> {
  const text = /^https?:/i.test(source) ? await fetchText(addressOf(source)) : await readText(source);
  try {
    const keys = await keysIn(parseStrictJson(text));
    if (keys.length > 0) return keys;
  } catch (error) {
    throw new KeyError(`${source} is not JSON`, 'name a JSON Web Key, or a set of them', error);
  }
  throw new KeyError(`${source} holds no Ed25519 key`, 'name the JWKS of the daemon that signed the receipt');
}

function addressOf(source: string): URL {
  if (!URL.canParse(source))
    throw new KeyError(`${source} is no address`, 'write it as https://host/.well-known/jwks.json');
  const url = new URL(source);
  const loopback = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/.test(url.hostname);
  if (url.protocol !== 'https:' && !loopback) {
    throw new KeyError(`${url.origin} is not reached over TLS`, 'use https, or fetch the keys in a way that you trust');
  }
  if (url.pathname === '/') url.pathname = '/.well-known/jwks.json';
  return url;
}

async function fetchText(url: URL): Promise<string> {
  try {
    const response = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_MS) });
    if (!response.ok || response.body === null) throw new Error(`status ${response.status}`);
    const pieces: Uint8Array[] = [];
    let size = 0;
    for await (const piece of response.body) {
      size += piece.byteLength;
      if (size > MOST_BYTES) throw new Error('larger than 1 MiB');
      pieces.push(piece);
    }
    return Buffer.concat(pieces).toString('utf8');
  } catch (error) {
    throw new KeyError(`no keys from ${url.href} (${reasonOf(error)})`, 'is the daemon there?', error);
  }
}

async function readText(path: string): Promise<string> {
  try {
    if ((await stat(path)).size > MOST_BYTES) throw new Error('larger than 1 MiB');
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new KeyError(`${path}: cannot be read (${reasonOf(error)})`, 'name a file or an address', error);
  }
}

function reasonOf(error: unknown): string {
  const { message, code, cause } = error as { message?: unknown; code?: unknown; cause?: { code?: unknown } };
  return String(cause?.code ?? code ?? message);
}
