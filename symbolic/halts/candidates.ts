import type { TermTable } from '../../core/term.ts';
import type { Atom, LinearForm } from './certificate.ts';
import type { Visit } from './run.ts';
import type { State } from './system.ts';

/** Constants that bounds are tried at. */
const MAX_CONSTANTS = 16;
/** Variables whose differences and sums are looked at. */
const MAX_PAIRED = 6;

/** Numbers near those that a system speaks of, the smallest first. */
export function constantsOf(terms: TermTable, given: State | null): bigint[] {
  const found = new Set<bigint>([0n, 1n, -1n]);
  const written = terms.flatMap((row) => (row[0] === 'const' ? [BigInt(row[1] as string)] : []));
  for (const value of [...written, ...(given?.values() ?? [])]) {
    for (const near of [value - 1n, value, value + 1n, -value]) found.add(near);
  }
  const size = (value: bigint) => (value < 0n ? -value : value);
  return [...found].sort((one, other) => Number(size(one) - size(other))).slice(0, MAX_CONSTANTS);
}

function form(parts: readonly (readonly [string, bigint])[], constant: bigint): LinearForm {
  return { coefficients: new Map(parts), constant };
}

/** `name <= limit`, and `name >= limit` */
function atMost(name: string, limit: bigint): Atom {
  return { form: form([[name, 1n]], -limit) };
}
function atLeast(name: string, limit: bigint): Atom {
  return { form: form([[name, -1n]], limit) };
}

/** Bounds of variables and of their differences that may hold at every visit. */
export function invariantCandidates(names: readonly string[], constants: readonly bigint[]): Atom[] {
  const bounds = names.flatMap((name) => constants.flatMap((limit) => [atMost(name, limit), atLeast(name, limit)]));
  const paired = names.slice(0, MAX_PAIRED);
  const gaps = paired.flatMap((one) =>
    paired
      .filter((other) => other !== one)
      .flatMap((other) =>
        [-1n, 0n, 1n].map((gap) => ({
          form: form(
            [
              [one, 1n],
              [other, -1n],
            ],
            gap,
          ),
        })),
      ),
  );
  return [...bounds, ...gaps];
}

/** What is true of all visits of a head at the end of a long run, and does not look as if it would soon not be. */
export function tailCandidates(
  names: readonly string[],
  visits: readonly Visit[],
  constants: readonly bigint[],
): Atom[] {
  const atoms: Atom[] = [];
  const paired = names.slice(0, MAX_PAIRED);
  const forms = [
    ...names.map((name) => form([[name, 1n]], 0n)),
    ...paired.flatMap((one, at) =>
      paired.slice(at + 1).flatMap((other) => [
        form(
          [
            [one, 1n],
            [other, -1n],
          ],
          0n,
        ),
        form(
          [
            [one, 1n],
            [other, 1n],
          ],
          0n,
        ),
      ]),
    ),
  ];
  for (const one of forms) atoms.push(...seenOf(one, visits, constants));
  return atoms;
}

function seenOf(one: LinearForm, visits: readonly Visit[], constants: readonly bigint[]): Atom[] {
  const values = visits.map(({ state }) => {
    let sum = 0n;
    for (const [name, times] of one.coefficients) sum += times * (state.get(name) ?? 0n);
    return sum;
  });
  const [first = 0n] = values;
  const last = values.at(-1) ?? 0n;
  let [least, greatest] = [first, first];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  const turned: LinearForm = {
    coefficients: new Map(Array.from(one.coefficients, ([name, times]) => [name, -times])),
    constant: 0n,
  };
  const atoms: Atom[] = [];
  const notBelow = new Set(constants.filter((limit) => limit <= least));
  const notAbove = new Set(constants.filter((limit) => limit >= greatest));
  if (last >= first) notBelow.add(least);
  if (last <= first) notAbove.add(greatest);
  for (const limit of notBelow) atoms.push({ form: { ...turned, constant: limit } });
  for (const limit of notAbove) atoms.push({ form: { ...one, constant: -limit } });
  for (const modulus of [2n, 3n]) {
    const rests = new Set(values.map((value) => ((value % modulus) + modulus) % modulus));
    const [rest = 0n] = rests;
    if (rests.size === 1) atoms.push({ form: { ...one, constant: -rest }, modulus });
  }
  return atoms;
}
