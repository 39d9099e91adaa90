import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { Unsigned } from '../../../src/receipts/receipt.ts';

/** An empty directory for the tests of a file; it is removed after them. */
export function temporaryDirectory(): string {
  const directory = mkdtempSync(join(tmpdir(), 'assay-keys-'));
  afterAll(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** A statement about one verified claim. */
export const STATEMENT: Unsigned = {
  by: 'verify',
  decision: null,
  policy: null,
  error_bound: null,
  items: [
    {
      id: 'größe.json#1',
      program: DIGEST,
      claim: DIGEST,
      checked: true,
      basis: 'replay',
      status: 'verified',
      reason: null,
      decision: null,
      options: { cross_check: true, bounded: 'reject' },
      evidence: DIGEST,
      stamp: { assay: '0.1.0', engine: 'pyodide-0.22.1', python: '3.10.2', z3: null, policy: '1' },
    },
  ],
};
