import { stdout } from 'node:process';
import { afterAll, describe, expect, it } from 'vitest';
import type { TraceClaim } from '../../../core/claim.ts';
import { type DivergenceKind, familyOf } from '../../../core/divergence.ts';
import { type Program, sourceLines } from '../../../core/program.ts';
import type { VerifyResponse } from '../../../core/verdict.ts';
import { stripSource } from '../../../neural/formats/source-line.ts';
import { CLAIM_VIEWS } from './claim-views.ts';
import { calledProgram, loadCruxeval, WITHOUT_CRUXEVAL } from './cruxeval.ts';
import { useEngine } from './engine.ts';
import { MUTATIONS, type PlainFrame } from './mutations.ts';
import { type FirstDifference, firstDifference } from './true-difference.ts';
import { seededRandom } from './wrong-values.ts';

const engine = useEngine();
const rows = loadCruxeval();
const tables: string[] = [];

interface Mutant {
  readonly id: string;
  readonly program: Program;
  readonly claim: TraceClaim;
  readonly expected: FirstDifference;
}

async function mutant(name: string, index: number): Promise<Mutant | null> {
  const row = rows[index];
  const mutate = MUTATIONS[name];
  if (row === undefined || mutate === undefined) return null;
  const program = calledProgram(row, '3.10');
  const truth = await truthOf(index, program);
  const lines = sourceLines(program.source);
  const frames = mutate(truth, seededRandom(`${row.id} ${name}`), distinctLines(lines));
  if (frames === null) return null;
  const view = CLAIM_VIEWS[index % CLAIM_VIEWS.length];
  if (view === undefined) return null;
  const expected = firstDifference(frames, truth, lines, view);
  if (expected === null) return null;
  return { id: `${row.id} ${view.name}`, program, claim: view.write(frames, lines), expected };
}

/** Numbers of the lines that differ from all others in their text: a claim in text can tell no others apart. */
function distinctLines(lines: readonly string[]): number[] {
  const bare = lines.map(stripSource);
  return bare.flatMap((line, index) =>
    line !== '' && bare.indexOf(line) === bare.lastIndexOf(line) ? [index + 1] : [],
  );
}

const truths = new Map<number, Promise<readonly PlainFrame[]>>();

function truthOf(index: number, program: Program): Promise<readonly PlainFrame[]> {
  const known = truths.get(index) ?? engine.assay.trace({ program }).then(({ frames = [] }) => frames);
  truths.set(index, known);
  return known;
}

/** What is wrong with the answer to a mutated claim; undefined where it is as it must be. */
function complaint({ expected }: Mutant, { status, divergence, correction }: VerifyResponse): string | undefined {
  const wanted = expected.kind === 'short' ? 'incomplete' : 'corrected';
  if (status !== wanted) return `is ${status}, not ${wanted}`;
  if (divergence === null) return 'has no divergence';
  if (divergence.frame !== expected.frame) return `diverges at ${divergence.frame}, not ${expected.frame}`;
  if (divergence.kind !== expected.kind) return `differs in ${divergence.kind}, not ${expected.kind}`;
  if (divergence.family !== familyOf(expected.kind)) return `is of the family ${divergence.family}`;
  return correction?.from === expected.frame ? undefined : `is corrected from ${correction?.from}`;
}

describe('a true trace of CRUXEval with one change', () => {
  afterAll(() => {
    if (tables.length > 0) stdout.write(`change: claims, by kind of divergence\n${tables.join('\n')}\n`);
  });

  for (const name of Object.keys(MUTATIONS)) {
    it(`${name}: is never verified, and the divergence names the change`, { timeout: 120_000 }, async ({ skip }) => {
      if (WITHOUT_CRUXEVAL !== undefined) return skip(WITHOUT_CRUXEVAL);
      const kinds = new Map<DivergenceKind, number>();
      const complaints: string[] = [];
      await Promise.all(
        rows.map(async (_, index) => {
          const one = await mutant(name, index);
          if (one === null) return;
          kinds.set(one.expected.kind, (kinds.get(one.expected.kind) ?? 0) + 1);
          const answer = await engine.assay.verify({ program: one.program, claim: one.claim });
          const wrong = complaint(one, answer);
          if (wrong !== undefined) complaints.push(`${one.id} ${wrong}: ${answer.message}`);
        }),
      );
      const total = [...kinds.values()].reduce((sum, count) => sum + count, 0);
      tables.push(`${name}: ${total}, ${[...kinds].map(([kind, count]) => `${kind} ${count}`).join(', ')}`);
      expect(complaints).toEqual([]);
      expect(total).toBeGreaterThan(50);
    });
  }
});
