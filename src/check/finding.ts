import { createHash } from 'node:crypto';
import type { Finding, FlowStep, Level } from './patch-request.ts';

/** The codes of findings about a patch, and how much each weighs. `docs/codes/` has a page for each. */
export const PATCH_CODES = {
  differs: { code: 'AS301', level: 'warning' },
  'claim-refuted': { code: 'AS302', level: 'error' },
  'test-fails': { code: 'AS303', level: 'error' },
  'test-passed-before': { code: 'AS304', level: 'warning' },
  'not-needed': { code: 'AS305', level: 'warning' },
  'side-effect': { code: 'AS306', level: 'error' },
  raises: { code: 'AS307', level: 'warning' },
  endless: { code: 'AS308', level: 'error' },
  signature: { code: 'AS309', level: 'warning' },
  default: { code: 'AS310', level: 'warning' },
  effect: { code: 'AS311', level: 'error' },
  'cannot-run': { code: 'AS312', level: 'note' },
  'new-raise': { code: 'AS313', level: 'note' },
  unknown: { code: 'AS314', level: 'note' },
  'does-not-compile': { code: 'AS315', level: 'error' },
  'does-not-import': { code: 'AS316', level: 'error' },
  tampers: { code: 'AS317', level: 'error' },
  'claim-undecided': { code: 'AS318', level: 'note' },
} as const satisfies Record<string, { code: string; level: Level }>;
export type FindingKind = keyof typeof PATCH_CODES;

/** What a finding says besides its kind. */
export interface FindingParts {
  readonly path: string;
  readonly line?: number | null;
  readonly function?: string | null;
  readonly message: string;
  readonly notes?: readonly string[];
  readonly help?: string;
  readonly flow?: readonly FlowStep[];
  /** What tells it from another finding of the kind in the same function; by default its message. */
  readonly key?: string;
}

/** Puts a finding together. Its fingerprint does not depend on lines. */
export function findingOf(kind: FindingKind, parts: FindingParts): Finding {
  const { code, level } = PATCH_CODES[kind];
  const { path, line = null, function: name = null, message, notes = [], help = null, flow = [] } = parts;
  const identity = [code, path, name ?? '', parts.key ?? message].join('\0');
  return {
    code,
    level,
    path,
    line,
    function: name,
    message,
    notes: [...notes],
    help,
    flow: [...flow],
    fingerprint: createHash('sha256').update(identity).digest('hex').slice(0, 32),
  };
}

const WEIGHT: Readonly<Record<Level, number>> = { error: 0, warning: 1, note: 2 };

/** The gravest first, then by place. */
export function inOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort(
    (a, b) =>
      WEIGHT[a.level] - WEIGHT[b.level] ||
      (a.path < b.path ? -1 : a.path > b.path ? 1 : 0) ||
      (a.line ?? 0) - (b.line ?? 0) ||
      (a.code < b.code ? -1 : 1),
  );
}
