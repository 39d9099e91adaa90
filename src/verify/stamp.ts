import { createHash } from 'node:crypto';
import { buildOf } from '../../bridges/python/builds.ts';
import type { PythonVersion } from '../../core/program.ts';
import { POLICY_VERSION, type Stamp } from '../../core/stamp.ts';
import { z3Version } from '../../symbolic/z3/version.ts';
import { VERSION } from '../config/version.ts';
import { canonicalJson } from './canonical-json.ts';

/** What a stamp says of how an answer came about. */
export interface StampOptions {
  /** Whether programs were kept away from the machine. */
  readonly sealed: boolean;
  /** Whether conditions were decided for it; false where it is left out. */
  readonly solver?: boolean;
}

/** What an answer about a program of this version was computed with. */
export function stampFor(python: PythonVersion, { sealed, solver = false }: StampOptions): Stamp {
  const { engine, fullVersion } = buildOf(python);
  return {
    assay: VERSION,
    engine,
    python: fullVersion,
    z3: solver ? z3Version() : null,
    policy: POLICY_VERSION,
    ...(!sealed && { unsealed: true }),
  };
}

/** Characters that are hashed at one time: one call for each piece would cost more than the hashing. */
const CHUNK = 65_536;

/** Digest of everything that an answer rests on. */
export function evidenceOf(parts: Readonly<Record<string, unknown>>): string {
  const hash = createHash('sha256');
  let chunk = '';
  for (const piece of canonicalJson(parts)) {
    chunk += piece;
    if (chunk.length < CHUNK) continue;
    hash.update(chunk);
    chunk = '';
  }
  return `sha256:${hash.update(chunk).digest('hex')}`;
}
