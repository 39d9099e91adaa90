import { KeyError } from '../../receipts/key-error.ts';
import type { Check } from './check.ts';

/**
 * Whether the key that signs receipts can be used. Where there is none, none is made.
 *
 * @param directory as a setting names it
 */
export function keyCheck(directory: string): Check {
  const name = 'receipt keys';
  return async () => {
    const { KeyStore } = await import('../../receipts/key-store.ts');
    try {
      const store = new KeyStore(directory);
      const current = await store.currentKey();
      if (current === undefined) return { name, ok: null, detail: 'none yet: the first receipt makes one' };
      const known = await store.publicKeys();
      return { name, ok: true, detail: `${current.kid} signs, ${known.length} verify` };
    } catch (error) {
      if (!(error instanceof KeyError)) throw error;
      return { name, ok: false, detail: error.message, fix: error.fix };
    }
  };
}
