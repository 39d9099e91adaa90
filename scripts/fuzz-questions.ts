import { parseArgs } from 'node:util';
import { VerifyRequest } from '../core/verdict.ts';
import { createAssay } from '../src/verify/assay.ts';
import { randomPair } from '../test/symbolic/questions/random-pair.ts';

/**
 * Makes pairs of functions that differ in one place, asks whether they are the same, and runs both on many inputs where the
 * answer is that they are: a difference there would be a wrong proof. A witness was replayed by Assay already, and is run
 * once more here, outside of the question. Of lines that a run leaves out it asks whether another input comes there.
 */

const { values } = parseArgs({
  options: { count: { type: 'string', default: '200' }, seed: { type: 'string', default: '1' } },
});
const assay = createAssay({ workers: 2, python: ['3.14'] });
await assay.ready();
const tally = { proved: 0, refuted: 0, undecided: 0, wrong: 0 };
const lines = { feasible: 0, infeasible: 0, unknown: 0, wrong: 0 };
for (let index = 0; index < Number(values.count); index++) {
  const { source, other, params } = randomPair(Number(values.seed) * 100_003 + index);
  await askForLines(source, params);
  const program = { source, python: '3.14' as const };
  const claim = { kind: 'equivalent', function: 'f', params, other };
  const options = { budget: { ms: 6_000, rlimit: 2_000_000 }, bounded: 'accept' };
  const { status, witness, proof } = await assay.verify(VerifyRequest.parse({ program, claim, options }));
  if (status === 'inconclusive') {
    tally.undecided++;
    continue;
  }
  const longest = proof === null || proof.bounds.length === 0 ? 9 : 6;
  const differs = await firstDifference(source, other, Object.values(params), witness?.call ?? null, longest);
  const wrong = status === 'verified' ? differs !== 'None' : differs === 'None';
  if (wrong) {
    tally.wrong++;
    console.log(`WRONG: ${status}, ${differs}, witness ${witness?.call}\n${source}# other version\n${other}`);
  } else if (status === 'verified') tally.proved++;
  else tally.refuted++;
}
await assay.close();
console.log(
  `${values.count} pairs: ${tally.proved} proved, ${tally.refuted} refuted, ${tally.undecided} undecided, ${tally.wrong} wrong`,
);
console.log(
  `lines that a run left out: ${lines.feasible} feasible, ${lines.infeasible} infeasible, ${lines.unknown} unknown, ${lines.wrong} wrong`,
);
process.exitCode = tally.wrong + lines.wrong === 0 ? 0 : 1;

/** Asks of each line that one run leaves out whether another input comes there, and looks for one where none is said to. */
async function askForLines(source: string, params: Readonly<Record<string, string>>): Promise<void> {
  const simple: Readonly<Record<string, string>> = { int: '1', str: "'ab'", 'list[int]': '[2, 1]' };
  const call = `f(${Object.values(params)
    .map((type) => simple[type])
    .join(', ')})`;
  const options = { budget: { ms: 4_000, rlimit: 1_000_000 }, path: 'check' };
  for (const [index, text] of source.split('\n').entries()) {
    if (!/^\s+(?:k |xs\.|raise|return)/.test(text)) continue;
    const program = { source, entry: { call }, python: '3.14' as const };
    const claim = { kind: 'path', line: index + 1, reached: true };
    const { path } = await assay.verify(VerifyRequest.parse({ program, claim, options }));
    if (path === null || path.status === 'taken') continue;
    lines[path.status]++;
    if (path.status !== 'infeasible') continue;
    const marked = source.split('\n');
    marked.splice(index, 0, `${/^\s+/.exec(text)?.[0]}reached()`);
    const reaching = `def reached():\n    raise SystemError\n${marked.join('\n')}`;
    const found = await firstDifference(source, reaching, Object.values(params), null, 6);
    if (found === 'None') continue;
    lines.wrong++;
    console.log(`WRONG: line ${index + 1} is infeasible, and ${found} comes there\n${source}`);
  }
}

/** The first input, of the witness or of many drawn ones, on which two functions differ, as Python prints it. */
async function firstDifference(
  source: string,
  other: string,
  types: readonly string[],
  witness: string | null,
  longest: number,
): Promise<string> {
  const draw: Readonly<Record<string, string>> = {
    int: 'random.choice([random.randint(-6, 6), random.randint(-60, 60), random.randint(-10**6, 10**6)])',
    str: `''.join(random.choice('ab01 AZ') for _ in range(random.randint(0, ${longest})))`,
    'list[int]': `[random.randint(-4, 4) for _ in range(random.randint(0, ${longest}))]`,
  };
  const tuple = `(${types.map((type) => `${draw[type]}, `).join('')})`;
  const inputs = witness === null ? `(${tuple} for _ in range(3000))` : `[${witness.replace(/^f\((.*)\)$/s, '($1,)')}]`;
  const text = `import copy, random
def load(source):
    names = {}
    exec(source, names)
    return names['f']
def outcome(f, args):
    args = copy.deepcopy(args)
    try:
        result = f(*args)
        return (type(result).__name__, repr(result), repr(args))
    except Exception as error:
        return (type(error).__name__, repr(args))
def main():
    one, other = load(${JSON.stringify(source)}), load(${JSON.stringify(other)})
    for args in ${inputs}:
        if outcome(one, args) != outcome(other, args):
            return args
`;
  const { stdout, status, stderr } = await assay.run({ source: `${text}print(main())\n`, budget: { ms: 60_000 } });
  return status === 'finished' && stderr === '' ? stdout.trim() : `no answer: ${status} ${stderr}`;
}
