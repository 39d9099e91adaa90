import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { keyCheck } from '../../../src/cli/doctor/keys.ts';
import { KeyStore } from '../../../src/receipts/key-store.ts';
import { temporaryDirectory } from '../receipts/keys.ts';

const directory = join(temporaryDirectory(), 'keys');

describe('what the doctor says of keys', () => {
  it('is that there are none, that they work, or what to do', async (context) => {
    const check = keyCheck(directory);
    expect(await check()).toMatchObject({ ok: null, detail: expect.stringContaining('none yet') });
    expect(existsSync(directory)).toBe(false);

    const { kid } = await new KeyStore(directory).rotate();
    expect(await check()).toEqual({ name: 'receipt keys', ok: true, detail: `${kid} signs, 1 verify` });

    context.skip(process.platform === 'win32', 'Windows has no modes');
    chmodSync(join(directory, 'signing-key.json'), 0o640);
    expect(await check()).toMatchObject({ ok: false, fix: expect.stringMatching(/^chmod 600 /) });
  });
});
