import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { exportJWK, generateKeyPair } from 'jose';
import { PrivateJwk, type PublicJwk, publicPart } from './jwk.ts';
import { keyDirectory } from './key-directory.ts';
import { KeyError } from './key-error.ts';
import { claimPrivateDirectory, createPrivateFile, readPrivateFile, replacePrivateFile } from './private-files.ts';

export interface SigningKey {
  readonly kid: string;
  readonly jwk: PrivateJwk;
}

/**
 * Keys in a directory: `signing-key.json`, the private one, and under `public/` the public part of every key that
 * receipts may be verified with. They are read each time, so a rotation counts at once.
 */
export class KeyStore {
  readonly #given: string;

  /** @param given the directory, or `auto`; by default what `ASSAY_KEYS` says. It is looked at on first use. */
  constructor(given = process.env.ASSAY_KEYS ?? 'auto') {
    this.#given = given;
  }

  /**
   * The key that signs; made on first use.
   *
   * @throws {KeyError} where its file or directory is open to others, or cannot be used
   */
  async signingKey(): Promise<SigningKey> {
    await this.#claim();
    const found = await this.#read();
    if (found !== undefined) return found;
    const made = await makeKey();
    await this.#publish(made);
    const ours = await createPrivateFile(this.#signingFile, JSON.stringify(made.jwk));
    if (ours) return made;
    // Somebody else was first: no receipt will ever be signed with ours.
    await this.#withdraw(made.kid);
    const theirs = await this.#read();
    if (theirs === undefined) throw new KeyError(`${this.#signingFile} comes and goes`, 'try again');
    return theirs;
  }

  /**
   * The key that signs, where one was made.
   *
   * @throws {KeyError} where its file is open to others, or cannot be used
   */
  async currentKey(): Promise<SigningKey | undefined> {
    return await this.#read();
  }

  /**
   * The keys that receipts are verified with: the signing one, and those before it that were not withdrawn.
   *
   * @throws {KeyError} where one of their files is open to others
   */
  async publicKeys(): Promise<PublicJwk[]> {
    const names = await readdir(this.#publicFolder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw new KeyError(`${this.#publicFolder} cannot be read (${error.code})`, 'check its permissions', error);
    });
    const files = names.filter((name) => /^[\w-]{43}\.json$/.test(name)).sort();
    const keys = await Promise.all(files.map((name) => this.#readPublic(name)));
    return keys.filter((key) => key !== undefined);
  }

  /**
   * Has a new key sign from now on. Receipts of the old one stay good, unless it is withdrawn.
   *
   * @returns the ids of the new key and of the old one, if there was one
   */
  async rotate({ withdraw = false } = {}): Promise<{ kid: string; before: string | null }> {
    await this.#claim();
    const before = await this.#read();
    const made = await makeKey();
    await this.#publish(made);
    await replacePrivateFile(this.#signingFile, JSON.stringify(made.jwk));
    if (withdraw && before !== undefined) await this.#withdraw(before.kid);
    return { kid: made.kid, before: before?.kid ?? null };
  }

  get #directory(): string {
    return keyDirectory(this.#given);
  }

  get #signingFile(): string {
    return join(this.#directory, 'signing-key.json');
  }

  get #publicFolder(): string {
    return join(this.#directory, 'public');
  }

  async #claim(): Promise<void> {
    try {
      await claimPrivateDirectory(this.#directory);
      await mkdir(this.#publicFolder, { recursive: true, mode: 0o700 });
    } catch (error) {
      if (error instanceof KeyError) throw error;
      const { code } = error as NodeJS.ErrnoException;
      throw new KeyError(`no keys can be kept in ${this.#directory} (${code})`, 'name another with ASSAY_KEYS', error);
    }
  }

  async #read(): Promise<SigningKey | undefined> {
    const text = await readPrivateFile(this.#signingFile);
    if (text === undefined) return undefined;
    try {
      const jwk = PrivateJwk.parse(JSON.parse(text));
      return { kid: (await publicPart(jwk)).kid, jwk };
    } catch (error) {
      throw new KeyError(`${this.#signingFile} holds no Ed25519 key`, 'run `assay receipt rotate` to make one', error);
    }
  }

  async #readPublic(name: string): Promise<PublicJwk | undefined> {
    const path = join(this.#publicFolder, name);
    const text = await readPrivateFile(path);
    if (text === undefined) return undefined;
    try {
      return await publicPart(JSON.parse(text));
    } catch (error) {
      throw new KeyError(`${path} holds no Ed25519 key`, 'move it away', error);
    }
  }

  async #publish({ kid, jwk }: SigningKey): Promise<void> {
    await createPrivateFile(join(this.#publicFolder, `${kid}.json`), JSON.stringify(await publicPart(jwk)));
  }

  async #withdraw(kid: string): Promise<void> {
    await rm(join(this.#publicFolder, `${kid}.json`), { force: true });
  }
}

async function makeKey(): Promise<SigningKey> {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = PrivateJwk.parse(await exportJWK(privateKey));
  return { kid: (await publicPart(jwk)).kid, jwk };
}
