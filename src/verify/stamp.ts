import { createHash } from 'node:crypto';
import { buildOf } from '../../bridges/python/builds.ts';
import type { PythonVersion } from '../../core/program.ts';
import { POLICY_VERSION, type Stamp } from '../../core/stamp.ts';
import { VERSION } from '../config/version.ts';

/** What an answer about a program of this version was computed with. */
export function stampFor(python: PythonVersion): Stamp {
  const build = buildOf(python);
  return { assay: VERSION, engine: build.engine, python: build.fullVersion, z3: null, policy: POLICY_VERSION };
}

/** JSON with the keys of every object in order, so that equal values have equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, inner: unknown) =>
    inner !== null && typeof inner === 'object' && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  );
}

/** Digest of everything that an answer rests on. */
export function evidenceOf(parts: Readonly<Record<string, unknown>>): string {
  return `sha256:${createHash('sha256').update(canonicalJson(parts)).digest('hex')}`;
}
