import { atomTerm } from './atoms.ts';
import { tailCandidates } from './candidates.ts';
import type { Certificate } from './certificate.ts';
import { ask, houdini, type Question } from './houdini.ts';
import type { Path } from './paths.ts';
import type { Visit } from './run.ts';

/** Visits of a run that count as its beginning, of which nothing is learned. */
const BEGINNING = 0.4;

/**
 * Looks for a set of states that a run is in and no step leaves: what was true of the last visits, less what a step does
 * not keep. From none of its states may the end be reached.
 */
export async function findRecurrence(
  question: Question,
  paths: readonly Path[],
  visits: readonly Visit[],
  constants: readonly bigint[],
): Promise<Extract<Certificate, { kind: 'recurrence-set' }> | null> {
  const tail = visits.slice(Math.trunc(visits.length * BEGINNING));
  const [entry] = tail;
  if (entry === undefined) return null;
  const byHead = Map.groupBy(tail, ({ place }) => place);
  const atoms = new Map(
    Array.from(byHead, ([place, seen]) => [place, tailCandidates(question.variables, seen, constants)]),
  );
  const inside = paths.filter(({ from, to }) => atoms.has(from) && atoms.has(to));
  const set = await houdini(question, inside, atoms);
  if (set === null) return null;
  for (const path of paths) {
    const given = set.get(path.from);
    if (given === undefined || set.has(path.to)) continue;
    const terms = given.map((atom) => atomTerm(question.builder, atom, new Map()));
    const answer = await ask(question, [...terms, path.guard]);
    if (answer.status !== 'unsat') return null;
  }
  return { kind: 'recurrence-set', place: entry.place, state: entry.state, set };
}
