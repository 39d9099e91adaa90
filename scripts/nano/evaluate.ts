import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { DEFAULT_BUDGET } from '../../core/budget.ts';
import { TraceWalk } from '../../core/compare/walk.ts';
import type { Frame } from '../../core/frame.ts';
import { resolveProgram, sourceLines } from '../../core/program.ts';
import type { Trace } from '../../core/trace.ts';
import { constructOf } from '../../neural/nano/examples.ts';
import { isInner, RunHistory } from '../../neural/nano/history.ts';
import { outlineOf } from '../../neural/nano/outline.ts';
import { stepPrompt } from '../../neural/nano/prompt.ts';
import { openPredictor } from '../../neural/providers/list.ts';
import { PredictorOptions } from '../../neural/providers/options.ts';
import { FrameReader } from '../../neural/reader/frame-reader.ts';
import { createAssay } from '../../src/verify/assay.ts';
import { ReplayPool } from '../../workers/pool.ts';
import { loadPrograms } from './programs.ts';

/**
 * Measures the embedded model with Assay as the judge: the share of frames that are right given the true frames before
 * them, and the share of whole traces that are verified, by length and by construct. Prints tables, or JSON.
 */

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string' },
    limit: { type: 'string', default: '1000' },
    frames: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
  },
});
const [file] = positionals;
if (file === undefined) throw new Error('name a JSONL of programs: rows with `source`, or with `code` and `input`');

/** Programs that are asked about at the same time. */
const AT_ONCE = 8;

const pool = new ReplayPool({ python: '3.10', threads: 1, queue: 64 });
const assay = createAssay({ workers: 1, python: ['3.10'] });
const options = PredictorOptions.parse({ provider: 'onnx', batch: 32, ...(values.model && { model: values.model }) });
const predictor = openPredictor(options, { name: 'nano', directory: process.cwd(), environment: {} });
const never = new AbortController().signal;

class Share {
  right = 0;
  all = 0;

  add(right: boolean): void {
    this.all += 1;
    if (right) this.right += 1;
  }

  get percent(): number {
    return this.all === 0 ? 0 : Math.round((1000 * this.right) / this.all) / 10;
  }
}

class Table {
  readonly shares = new Map<string, Share>();

  add(key: string, right: boolean): void {
    const share = this.shares.get(key) ?? new Share();
    this.shares.set(key, share);
    share.add(right);
  }

  rows(): { key: string; right: number; all: number; percent: number }[] {
    return Array.from(this.shares, ([key, { right, all, percent }]) => ({ key, right, all, percent }));
  }
}

const steps = new Share();
const traces = new Share();
const byConstruct = new Table();
const byLength = new Table();
let fit = 0;
let inner = 0;

/** Whether the model's next frame holds behind the first `count` true frames. */
async function stepHolds(source: string, trace: Trace, count: number): Promise<boolean> {
  const lines = sourceLines(source);
  const reader = new FrameReader(lines);
  const walk = new TraceWalk(trace, lines);
  for (let at = 0; at < count; at += 1) walk.put(at);
  const task = { source, python: '3.10', frames: trace.frames.slice(0, count) } as const;
  for await (const piece of predictor.predict(task, { signal: never, temperature: 0, frames: 1 })) {
    for (const reading of reader.push(piece)) {
      return reading.kind === 'frame' && walk.step(reading.frame).result === 'holds';
    }
  }
  return false;
}

function constructBehind(source: string, frames: readonly Frame[]): string {
  const outline = outlineOf(source);
  const history = new RunHistory(outline);
  for (const frame of frames) history.push(frame);
  const question = stepPrompt(outline, history);
  return history.last === undefined || question === undefined ? 'none' : constructOf(history.last, question.statement);
}

function lengthOf(frames: number): string {
  const bounds = [0, 10, 20, 40, 80];
  const above = bounds.findIndex((most) => frames <= most);
  return above < 0 ? 'over 80 frames' : `${(bounds[above - 1] ?? 0) + 1} to ${bounds[above]} frames`;
}

async function measure(source: string): Promise<void> {
  const program = resolveProgram({ source }, '3.10');
  const { trace } = await pool.replay({ program, budget: { ...DEFAULT_BUDGET, steps: 5000 } });
  const { outcome } = trace;
  const frames = [...trace.frames];
  if (outcome.kind === 'halted' || frames.length > Number(values.frames)) return;
  fit += 1;
  if (frames.some(isInner)) inner += 1;
  const asked = frames.flatMap((frame, at) => (at > 0 && !isInner(frame) ? [at] : []));
  let wrong = Number.POSITIVE_INFINITY;
  await Promise.all(
    asked.map(async (at) => {
      const before = frames.slice(0, at);
      const right = await stepHolds(source, trace, lastOuter(before));
      if (!right) wrong = Math.min(wrong, at);
      steps.add(right);
      byConstruct.add(constructBehind(source, before), right);
    }),
  );
  const tokens: (number | string)[] = [];
  const task = { source, python: '3.10', frames: [] } as const;
  // Behind its first wrong frame a trace cannot become right again.
  const most = Math.min(400, wrong + 1);
  for await (const { content } of predictor.predict(task, { signal: never, temperature: 0, frames: most })) {
    tokens.push(content);
  }
  const claim = { kind: 'trace', format: 'cwm-ids', tokens } as const;
  const { status } = await assay.verify({ program: { source }, claim });
  traces.add(status === 'verified');
  byLength.add(lengthOf(frames.length), status === 'verified');
}

/** Frames up to the last that is not within a comprehension: those are one step of the model. */
function lastOuter(frames: readonly Frame[]): number {
  return frames.findLastIndex((frame) => !isInner(frame)) + 1;
}

const sources = loadPrograms(readFileSync(file, 'utf8')).slice(0, Number(values.limit));
const started = performance.now();
const queue = sources.values();
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    for (const source of queue) await measure(source);
  }),
);
const seconds = Math.round((performance.now() - started) / 1000);
await predictor.close();
await assay.close();
await pool.close();

const summary = {
  programs: sources.length,
  measured: fit,
  with_comprehensions: inner,
  frames: { right: steps.right, all: steps.all, percent: steps.percent },
  traces: { right: traces.right, all: traces.all, percent: traces.percent },
  seconds,
};
if (values.json) {
  console.log(JSON.stringify({ ...summary, by_length: byLength.rows(), by_construct: byConstruct.rows() }, null, 2));
} else {
  console.log(summary);
  console.log('\nwhole traces by length');
  console.table(byLength.rows().toSorted((a, b) => a.key.localeCompare(b.key)));
  console.log('frames by construct');
  console.table(byConstruct.rows().toSorted((a, b) => b.all - a.all));
}
