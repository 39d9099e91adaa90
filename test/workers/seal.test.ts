import { describe, expect, it } from 'vitest';
import { whyNotSealed } from '../../workers/seal.ts';

describe('whether programs can be kept away from the machine', () => {
  it('is so under the Node that these tests run on', () => {
    expect(whyNotSealed(process.allowedNodeEnvironmentFlags)).toBeUndefined();
  });

  it('is not where the runtime has no permission model', () => {
    expect(whyNotSealed(new Set(['--max-old-space-size']))).toMatch(/--permission/);
  });
});
