import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { DEFAULT_BUDGET } from '../../core/budget.ts';
import { resolveProgram } from '../../core/program.ts';
import type { Trace } from '../../core/trace.ts';
import { encodeAnswer, encodePrompt, FEATURES } from '../../neural/nano/bytes.ts';
import { examplesOf, type StepExample } from '../../neural/nano/examples.ts';
import { fingerprint } from '../../neural/training/generator/fingerprint.ts';
import { generateProgram } from '../../neural/training/generator/program.ts';
import { Random } from '../../neural/training/generator/random.ts';
import { ReplayPool } from '../../workers/pool.ts';

/**
 * Makes the training data of the embedded model: generated programs, their true traces, and each step of them as a
 * question with its answer. Writes `train.jsonl` (steps), `held-out.jsonl` (programs) and prints what it made.
 */

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    programs: { type: 'string', default: '200000' },
    seed: { type: 'string', default: '1' },
    exclude: { type: 'string', multiple: true, default: [] },
    threads: { type: 'string', default: '1' },
  },
});
if (values.out === undefined) throw new Error('--out DIRECTORY is missing');

/** One program in this many is held out, decided by its fingerprint: so are all its twins. */
const HELD_OUT = 32;

/** Longer traces and larger steps are left to larger models. */
const MAX_FRAMES = 80;
const MAX_PROMPT_BYTES = 320;
const MAX_ANSWER_BYTES = 96;

/** A construct that has more steps than this is thinned out. */
const PLENTY = 4000;

mkdirSync(values.out, { recursive: true });
const train = createWriteStream(join(values.out, 'train.jsonl'));
const heldOut = createWriteStream(join(values.out, 'held-out.jsonl'));
const pool = new ReplayPool({ python: '3.10', threads: Number(values.threads), queue: 64 });

const excluded = new Set(values.exclude.flatMap(excludedFingerprints));
const seen = new Set<string>();
const constructs = new Map<string, number>();
const counts = {
  programs: 0,
  twins: 0,
  unusable: 0,
  held_out: 0,
  steps: 0,
  repeated: 0,
  thinned: 0,
  large: 0,
  inexpressible: 0,
};
const random = new Random(Number(values.seed));

/** Fingerprints of programs that nothing may be like: JSONL with `code` or `source`. */
function excludedFingerprints(file: string): string[] {
  if (!existsSync(file)) throw new Error(`${file} does not exist`);
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '');
  return rows.map((line) => {
    const row = JSON.parse(line) as { code?: string; source?: string };
    return fingerprint(row.source ?? `${row.code}\n`);
  });
}

/** Fingerprint of the functions without `main`, which only gives the input. */
function structure(source: string): string {
  return fingerprint(source.slice(0, source.indexOf('def main')));
}

async function take(seed: number): Promise<void> {
  const grade = (seed % 11) / 10;
  const source = generateProgram(seed, grade);
  const digest = structure(source);
  counts.programs += 1;
  if (excluded.has(digest) || (Number.parseInt(digest.slice(0, 8), 16) % HELD_OUT === 0 && seen.has(digest))) {
    counts.twins += 1;
    return;
  }
  const program = resolveProgram({ source }, '3.10');
  const { trace } = await pool.replay({ program, budget: { ...DEFAULT_BUDGET, steps: 2000 } });
  if (!usable(trace)) {
    counts.unusable += 1;
    return;
  }
  if (Number.parseInt(digest.slice(0, 8), 16) % HELD_OUT === 0) {
    seen.add(digest);
    counts.held_out += 1;
    await write(heldOut, { source, seed, grade, fingerprint: digest, frames: trace.frames.length });
    return;
  }
  const { examples, inexpressible } = examplesOf(source, trace.frames);
  counts.inexpressible += inexpressible;
  for (const example of examples) await keep(example);
}

function usable({ outcome, frames }: Trace): boolean {
  if (outcome.kind === 'halted' || frames.length === 0 || frames.length > MAX_FRAMES) return false;
  // A name that a branch did not bind is a slip of the generator, not a program that anybody writes.
  return outcome.kind === 'returned' || !['UnboundLocalError', 'NameError', 'SyntaxError'].includes(outcome.type);
}

async function keep({ construct, prompt, answer }: StepExample): Promise<void> {
  const question = createHash('sha256').update(prompt).digest('base64url').slice(0, 16);
  if (seen.has(question)) {
    counts.repeated += 1;
    return;
  }
  const before = constructs.get(construct) ?? 0;
  if (!random.chance(Math.min(1, Math.sqrt(PLENTY / (before + 1))))) {
    counts.thinned += 1;
    return;
  }
  const asked = encodePrompt(prompt);
  const told = encodeAnswer(`${answer}\n`);
  if (asked.length > MAX_PROMPT_BYTES * FEATURES || told.length > MAX_ANSWER_BYTES * FEATURES) {
    counts.large += 1;
    return;
  }
  seen.add(question);
  constructs.set(construct, before + 1);
  counts.steps += 1;
  const tokens = Buffer.concat([asked, told]).toString('base64');
  await write(train, { construct, prompt, answer, split: asked.length / FEATURES, tokens });
}

async function write(stream: NodeJS.WritableStream, row: object): Promise<void> {
  if (!stream.write(`${JSON.stringify(row)}\n`)) await once(stream, 'drain');
}

const first = Number(values.seed) * 10_000_000;
const started = performance.now();
for (let index = 0; index < Number(values.programs); index += 1) {
  await take(first + index);
  if ((index + 1) % 10_000 === 0) console.error(`${index + 1} programs, ${counts.steps} steps`);
}
await pool.close();
for (const stream of [train, heldOut]) {
  stream.end();
  await once(stream, 'finish');
}
const byConstruct = Object.fromEntries([...constructs].toSorted(([, a], [, b]) => b - a));
console.log(
  JSON.stringify(
    { ...counts, seconds: Math.round((performance.now() - started) / 1000), constructs: byConstruct },
    null,
    2,
  ),
);
