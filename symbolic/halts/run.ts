import type { TermTable } from '../../core/term.ts';
import { evaluate } from '../terms/evaluate.ts';
import type { Path } from './paths.ts';
import type { State } from './system.ts';

/** A visit of a head, or the end. */
export interface Visit {
  readonly place: number;
  readonly state: State;
}

/** What a run along paths came to. */
export type RunEnd =
  | { readonly kind: 'ended'; readonly steps: number }
  /** The same head in the same state a second time: `first` and `second` count visits. */
  | { readonly kind: 'repeated'; readonly first: number; readonly second: number; readonly visit: Visit }
  /** It goes on; the visits so far. Shorter than asked for where numbers grew too large. */
  | { readonly kind: 'open'; readonly visits: readonly Visit[] };

/** Follows the one path whose guard holds, up to a number of visits of heads. */
export function runPaths(terms: TermTable, paths: readonly Path[], start: Visit, end: number, most: number): RunEnd {
  const from = Map.groupBy(paths, (path) => path.from);
  const seen = new Map<string, number>();
  const visits: Visit[] = [];
  let here: Visit | undefined = start;
  while (here !== undefined && visits.length < most) {
    if (here.place === end) return { kind: 'ended', steps: visits.length };
    const key = `${here.place} ${[...here.state.values()].join(' ')}`;
    const first = seen.get(key);
    if (first !== undefined) return { kind: 'repeated', first, second: visits.length, visit: here };
    seen.set(key, visits.length);
    visits.push(here);
    here = next(terms, from.get(here.place) ?? [], here.state);
  }
  return { kind: 'open', visits };
}

function next(terms: TermTable, paths: readonly Path[], state: State): Visit | undefined {
  const guards = evaluate(
    terms,
    paths.map(({ guard }) => guard),
    state,
  );
  const path = paths[guards.indexOf(true)];
  if (path === undefined) return undefined;
  const names = [...path.values.keys()];
  const values = evaluate(terms, [...path.values.values()], state);
  const after = new Map<string, bigint>();
  for (const [at, value] of values.entries()) {
    if (typeof value !== 'bigint') return undefined;
    after.set(names[at] ?? '', value);
  }
  return { place: path.to, state: after };
}
