import { KeyStore } from '../../../src/receipts/key-store.ts';

/** Has the key of a directory made, or takes the one that is there, and tells its id to whoever started this. */
const { kid } = await new KeyStore(process.argv[2] ?? '').signingKey();
process.send?.(kid);
process.disconnect?.();
