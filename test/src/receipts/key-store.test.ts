import { fork } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { keyDirectory } from '../../../src/receipts/key-directory.ts';
import { KeyError } from '../../../src/receipts/key-error.ts';
import { keysFrom } from '../../../src/receipts/key-source.ts';
import { KeyStore } from '../../../src/receipts/key-store.ts';
import { createSigner } from '../../../src/receipts/sign.ts';
import { checkReceipt } from '../../../src/receipts/verify.ts';
import { STATEMENT, temporaryDirectory } from './keys.ts';

const root = temporaryDirectory();
const NO_MODES = process.platform === 'win32';
const mode = (path: string) => statSync(path).mode & 0o777;
const signingFile = (directory: string) => join(directory, 'signing-key.json');

describe('keys', () => {
  it('are made on first use, for their owner alone', async (context) => {
    context.skip(NO_MODES, 'Windows has no modes');
    const directory = join(root, 'deep', 'first');
    const store = new KeyStore(directory);
    expect(await store.publicKeys()).toEqual([]);
    const before = process.umask(0);
    try {
      const { kid } = await store.signingKey();
      expect((await store.publicKeys()).map((key) => key.kid)).toEqual([kid]);
    } finally {
      process.umask(before);
    }
    expect([mode(directory), mode(signingFile(directory))]).toEqual([0o700, 0o600]);
    expect(readdirSync(directory).sort()).toEqual(['public', 'signing-key.json']);
  });

  it('go by their thumbprint after RFC 7638', async () => {
    const store = new KeyStore(join(root, 'thumbprint'));
    const { kid, jwk } = await store.signingKey();
    const canonical = `{"crv":"Ed25519","kty":"OKP","x":"${jwk.x}"}`;
    expect(kid).toBe(createHash('sha256').update(canonical).digest('base64url'));
    expect(JSON.stringify(await store.publicKeys())).not.toContain(jwk.d);
  });

  it('are refused where others may read them', async (context) => {
    context.skip(NO_MODES, 'Windows has no modes');
    const directory = join(root, 'open');
    const store = new KeyStore(directory);
    await store.signingKey();
    for (const open of [0o640, 0o604, 0o644, 0o660]) {
      chmodSync(signingFile(directory), open);
      await expect(store.signingKey()).rejects.toThrow(KeyError);
    }
    chmodSync(signingFile(directory), 0o600);
    await store.signingKey();
    for (const open of [0o770, 0o707, 0o755]) {
      chmodSync(directory, open);
      await expect(store.signingKey()).rejects.toMatchObject({ fix: expect.stringContaining('chmod 700') });
    }
  });

  it('are refused where they are no plain file of ours, or no key', async () => {
    const linked = join(root, 'linked');
    mkdirSync(linked, { mode: 0o700 });
    const target = join(root, 'target.json');
    writeFileSync(target, '{}', { mode: 0o600 });
    symlinkSync(target, signingFile(linked));
    await expect(new KeyStore(linked).signingKey()).rejects.toThrow(KeyError);

    const garbled = join(root, 'garbled');
    mkdirSync(garbled, { mode: 0o700 });
    for (const text of ['', '{}', 'null', '{"kty":"EC"}', `{"kty":"OKP","crv":"X25519","x":"${'a'.repeat(43)}"}`]) {
      writeFileSync(signingFile(garbled), text, { mode: 0o600 });
      await expect(new KeyStore(garbled).signingKey(), text).rejects.toThrow(KeyError);
      expect(readFileSync(signingFile(garbled), 'utf8')).toBe(text);
    }
    await expect(new KeyStore(join(target, 'below')).signingKey()).rejects.toThrow(KeyError);
  });

  it('are one key where several make the first at one time', async () => {
    const directory = join(root, 'together');
    const made = await Promise.all(Array.from({ length: 8 }, () => new KeyStore(directory).signingKey()));
    expect(new Set(made.map(({ kid }) => kid)).size).toBe(1);
    expect((await new KeyStore(directory).publicKeys()).map(({ kid }) => kid)).toEqual([made[0]?.kid]);
  });

  it('are one key where several processes make the first', async () => {
    const directory = join(root, 'race');
    const maker = fileURLToPath(new URL('make-key.ts', import.meta.url));
    const kids = await Promise.all(
      Array.from({ length: 4 }, async () => {
        const child = fork(maker, [directory]);
        const [kid] = await once(child, 'message');
        return kid;
      }),
    );
    expect(new Set(kids).size).toBe(1);
    expect((await new KeyStore(directory).publicKeys()).map(({ kid }) => kid)).toEqual([kids[0]]);
    expect(readdirSync(directory).sort()).toEqual(['public', 'signing-key.json']);
  });

  it('rotate, and what they signed before stays good until they are withdrawn', async () => {
    const store = new KeyStore(join(root, 'rotated'));
    const { sign } = createSigner(store);
    const valid = async (receipt: unknown) =>
      (await checkReceipt(JSON.stringify(receipt), await store.publicKeys(), Date.now())).valid;
    expect(await store.rotate()).toMatchObject({ before: null });
    const first = await sign(STATEMENT);
    const { before } = await store.rotate();
    const second = await sign(STATEMENT);
    expect([await valid(first), await valid(second)]).toEqual([true, true]);
    const kidOf = ({ protected: text }: { protected: string }) =>
      JSON.parse(Buffer.from(text, 'base64url').toString()).kid;
    expect([kidOf(first), kidOf(second) === kidOf(first)]).toEqual([before, false]);

    await store.rotate({ withdraw: true });
    expect([await valid(first), await valid(second), await valid(await sign(STATEMENT))]).toEqual([true, false, true]);
  });

  it('are where the variable says, else among the data of the user', () => {
    expect(keyDirectory('/somewhere')).toBe('/somewhere');
    for (const left of ['', 'auto']) expect(keyDirectory(left)).toMatch(/assay.keys$/);
  });
});

describe('keys from elsewhere', () => {
  it('come from files: one key, or a set of several kinds', async () => {
    const store = new KeyStore(join(root, 'files'));
    await store.signingKey();
    const [key] = await store.publicKeys();
    const file = join(root, 'keys.json');
    const other = { kty: 'EC', crv: 'P-256', x: 'a', y: 'b' };
    for (const text of [JSON.stringify(key), JSON.stringify({ keys: [other, { ...key, kid: 'a lie' }] })]) {
      writeFileSync(file, text);
      expect(await keysFrom(file)).toEqual([key]);
    }
    for (const text of ['', '{', '{}', JSON.stringify({ keys: [other] }), '{"keys":[],"keys":[]}']) {
      writeFileSync(file, text);
      await expect(keysFrom(file), text).rejects.toThrow(KeyError);
    }
    await expect(keysFrom(join(root, 'missing.json'))).rejects.toThrow(KeyError);
  });

  it('come from addresses, but not unprotected over a network, nor by a detour', async () => {
    const store = new KeyStore(join(root, 'served'));
    await store.signingKey();
    const keys = await store.publicKeys();
    const server = createServer(({ url }, response) => {
      if (url === '/moved') response.writeHead(302, { location: '/.well-known/jwks.json' });
      if (url === '/large') response.write(' '.repeat(2 * 1024 * 1024));
      if (url === '/missing') response.writeHead(404);
      response.end(JSON.stringify({ keys }));
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    try {
      expect(await keysFrom(address)).toEqual(keys);
      expect(await keysFrom(`${address}/any`)).toEqual(keys);
      for (const path of ['/moved', '/large', '/missing']) {
        await expect(keysFrom(address + path), path).rejects.toThrow(KeyError);
      }
      await expect(keysFrom('http://keys.example/jwks.json')).rejects.toThrow('not reached over TLS');
      await expect(keysFrom('http://127.0.0.1.keys.example/')).rejects.toThrow('not reached over TLS');
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });
});
