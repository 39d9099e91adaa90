import { readdirSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { Claim } from '../../core/claim.ts';
import { Entry, PYTHON_VERSIONS, type PythonVersion, sourceLines } from '../../core/program.ts';
import { INCONCLUSIVE_REASONS, type InconclusiveReason, STATUSES, type Status } from '../../core/verdict.ts';

const FOLDER = new URL('corpus/', import.meta.url);

/** A verdict that is right for an attack. */
export interface Allowed {
  readonly status: Exclude<Status, 'verified'>;
  /** Set where the status is `inconclusive`. */
  readonly reason: InconclusiveReason | null;
}

/** A hostile program, or a hostile claim about a harmless one. */
export interface Attack {
  /** The file's name without its ending. */
  readonly name: string;
  /** The whole file, header included: line numbers count from its first line. */
  readonly source: string;
  readonly kind: string;
  /** What the attack tries. */
  readonly about: string;
  readonly entry: Entry;
  readonly stdin: string;
  /** The versions that it is for. */
  readonly python: readonly PythonVersion[];
  /** What the attacker wants to have verified. */
  readonly claim: Claim;
  /** A claim that is right although the program is hostile; it must be verified. */
  readonly truth?: Claim | undefined;
  /** The verdicts that may be given on {@link claim}, by version. `verified` is never among them. */
  readonly allowed: Readonly<Record<PythonVersion, readonly Allowed[]>>;
}

const json = z.string().transform((text): unknown => JSON.parse(text));

const Verdict = z.string().transform((text, context): readonly Allowed[] =>
  text.split(' | ').map((one) => {
    const [status, reason = null, ...rest] = one.split(' ');
    const known = z
      .object({
        status: z.enum(STATUSES).exclude(['verified']),
        reason: z.enum(INCONCLUSIVE_REASONS).nullable(),
      })
      .safeParse({ status, reason });
    if (known.success && rest.length === 0 && (status === 'inconclusive') === (reason !== null)) return known.data;
    context.addIssue(`expected "STATUS" or "inconclusive REASON", got ${JSON.stringify(one)}`);
    return z.NEVER;
  }),
);

const VERSION_VERDICTS = ['verdict-3.10', 'verdict-3.11', 'verdict-3.14'] as const;

/** What the comments at the start of an attack say. See `README.md` beside this file. */
const Header = z.strictObject({
  class: z.string(),
  about: z.string(),
  entry: z.string().transform(readEntry).pipe(Entry),
  stdin: json.pipe(z.string()).optional(),
  python: z
    .string()
    .transform((text) => text.split(' '))
    .pipe(z.array(z.enum(PYTHON_VERSIONS)).min(1))
    .optional(),
  claim: json.pipe(Claim),
  truth: json.pipe(Claim).optional(),
  verdict: Verdict,
  ...Object.fromEntries(VERSION_VERDICTS.map((key) => [key, Verdict.optional()])),
});

/**
 * The whole corpus, by name.
 *
 * @throws if an attack has no header, or one that does not fit
 */
export function loadAttacks(): Attack[] {
  return readdirSync(FOLDER)
    .filter((file) => file.endsWith('.py'))
    .sort()
    .map((file) => readAttack(file.slice(0, -'.py'.length), readFileSync(new URL(file, FOLDER), 'utf8')));
}

function readAttack(name: string, source: string): Attack {
  const parsed = Header.safeParse(Object.fromEntries(headerFields(source)));
  if (!parsed.success) throw new Error(`the header of attack ${name} does not fit: ${z.prettifyError(parsed.error)}`);
  const { class: kind, about, entry, stdin = '', python = PYTHON_VERSIONS, claim, truth, verdict } = parsed.data;
  const own = parsed.data as { readonly [K in (typeof VERSION_VERDICTS)[number]]?: readonly Allowed[] };
  return {
    name,
    source,
    kind,
    about,
    entry,
    stdin,
    python,
    claim,
    truth,
    allowed: {
      '3.10': own['verdict-3.10'] ?? verdict,
      '3.11': own['verdict-3.11'] ?? verdict,
      '3.14': own['verdict-3.14'] ?? verdict,
    },
  };
}

function* headerFields(source: string): Generator<[string, string]> {
  for (const line of sourceLines(source)) {
    const field = /^# ([a-z][a-z0-9.-]*): (.+)$/.exec(line);
    if (field === null) return;
    const [, key = '', value = ''] = field;
    // A coding line is part of one attack.
    if (key !== 'coding') yield [key, value];
  }
}

function readEntry(text: string): unknown {
  if (text === 'main' || text === 'script') return { [text]: true };
  return text.startsWith('call ') ? { call: text.slice('call '.length) } : text;
}
