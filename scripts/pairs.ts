import { parseArgs } from 'node:util';
import { VerifyRequest, type VerifyResponse } from '../core/verdict.ts';
import { createAssay } from '../src/verify/assay.ts';
import { loadPairs, type Pair } from '../test/symbolic/questions/pairs.ts';
import { CrossHair } from './crosshair.ts';

/**
 * Asks of the pairs of `test/cases/pairs` whether they are the same, and prints each answer, how many are right and wrong,
 * and the time. With `--crosshair PYTHON`, in which crosshair-tool is installed, the same of CrossHair, side by side.
 */

const BUDGET = { ms: 10_000, rlimit: 4_000_000 };

/** What an answer is worth: `bounded` says the right thing of inputs up to a size, and does not claim more. */
export type Mark = 'right' | 'bounded' | 'undecided' | 'wrong';

const { values } = parseArgs({ options: { crosshair: { type: 'string' }, only: { type: 'string', default: '' } } });
const pairs = loadPairs().filter(({ name }) => name.includes(values.only));
const crosshair = values.crosshair === undefined ? undefined : new CrossHair(values.crosshair);
const assay = createAssay({ workers: 1, python: ['3.14'] });
await assay.ready();
// The solver's start is no part of the first pair's time.
await ask(pairs[0] as Pair);

const ours: { mark: Mark; ms: number }[] = [];
const theirs: { mark: Mark; ms: number }[] = [];
let solving = 0;
for (const pair of pairs) {
  const started = performance.now();
  const answer = await ask(pair);
  const ms = performance.now() - started;
  solving += answer.timings_ms.path;
  const mark = markOf(pair, answer);
  ours.push({ mark, ms });
  const columns = [pair.name.padEnd(26), mark.padEnd(10), `${ms.toFixed(0)} ms`.padStart(8)];
  if (crosshair !== undefined) {
    const theirStart = performance.now();
    const theirMark = await crosshair.compare(pair);
    const theirMs = performance.now() - theirStart;
    theirs.push({ mark: theirMark, ms: theirMs });
    columns.push('  crosshair', theirMark.padEnd(10), `${theirMs.toFixed(0)} ms`.padStart(8));
  }
  console.log(columns.join(' '), mark === 'wrong' || mark === 'undecided' ? answer.message : '');
}
console.log(summary('assay', ours));
console.log(`the solver and the questions around it took ${((100 * solving) / total(ours)).toFixed(0)} % of the time`);
if (theirs.length > 0) {
  console.log(summary('crosshair', theirs));
  console.log(`median time of crosshair / of assay: ${(median(theirs) / median(ours)).toFixed(1)}`);
}
await assay.close();
process.exitCode = ours.some(({ mark }) => mark === 'wrong') ? 1 : 0;

function ask({ source, other, params }: Pair): Promise<VerifyResponse> {
  const claim = { kind: 'equivalent', function: 'f', params, other };
  const program = { source, python: '3.14' };
  return assay.verify(VerifyRequest.parse({ program, claim, options: { budget: BUDGET } }), { fresh: true });
}

function markOf({ same }: Pair, { status, reason }: VerifyResponse): Mark {
  if (status === 'verified') return same ? 'right' : 'wrong';
  if (status === 'refuted') return same ? 'wrong' : 'right';
  if (reason === 'bounded') return same ? 'bounded' : 'undecided';
  return 'undecided';
}

function total(results: readonly { readonly ms: number }[]): number {
  return results.reduce((sum, { ms }) => sum + ms, 0);
}

function median(results: readonly { readonly ms: number }[]): number {
  const sorted = results.map(({ ms }) => ms).sort((one, other) => one - other);
  return sorted[Math.trunc(sorted.length / 2)] ?? 0;
}

function summary(name: string, results: readonly { readonly mark: Mark; readonly ms: number }[]): string {
  const count = (wanted: Mark) => results.filter(({ mark }) => mark === wanted).length;
  const marks = (['right', 'bounded', 'undecided', 'wrong'] as const).map((mark) => `${count(mark)} ${mark}`);
  return `${name}: ${results.length} pairs, ${marks.join(', ')}; median ${median(results).toFixed(0)} ms, ${(total(results) / 1000).toFixed(0)} s in all`;
}
