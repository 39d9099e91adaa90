import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PredictionTask } from '../../../neural/predictor.ts';
import { openPredictor } from '../../../neural/providers/list.ts';
import { readAll } from './contract.ts';

const SOURCE = 'def main():  # << START_OF_TRACE\n    return 1\n';
const TASK: PredictionTask = { source: SOURCE, python: '3.10', frames: [] };

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'assay-recorded-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

function recording(lines: readonly unknown[]) {
  const text = lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n');
  writeFileSync(join(directory, 'run.jsonl'), text);
  return openPredictor({ provider: 'recorded', file: 'run.jsonl' }, { name: 'old', directory, environment: {} });
}

const contents = async (lines: readonly unknown[]) =>
  (await readAll(recording(lines), TASK)).map(({ content }) => content);

it('reads a prompt’s source with the text behind it', async () => {
  expect(await contents([{ id: 1, context: SOURCE, output: 'what it wrote' }, ''])).toEqual(['what it wrote']);
});

it('finds the program in the prompt of a claim that names none', async () => {
  const text = `<|begin_of_text|><|trace_context_start|>${SOURCE}<|frame_sep|><|call_sep|>{}`;
  expect(await contents([{ claim: { kind: 'trace', format: 'cwm', text } }])).toEqual(['<|call_sep|>{}']);
});

it('gives special tokens as ids where they were recorded so, and the last trace of a program', async () => {
  const claim = { kind: 'trace', format: 'cwm-ids' };
  const rows = [
    [128101, 'old'],
    [128103, '{}', 128101],
  ].map((tokens) => ({
    program: { source: SOURCE },
    claim: { ...claim, tokens },
  }));
  expect(await contents(rows)).toEqual([128103, '{}', 128101]);
});

it('says which line is no recorded trace, and that a program is not recorded', async () => {
  await expect(contents([{ context: SOURCE, output: 'a' }, '{"claim": 1}'])).rejects.toThrow(/line 2 of the recording/);
  await expect(contents(['not json'])).rejects.toThrow(/line 1/);
  await expect(contents([{ context: 'other', output: '' }])).rejects.toThrow(/no trace of this program/);
});

it('looks for the file again after it was missing', async () => {
  const predictor = openPredictor(
    { provider: 'recorded', file: 'run.jsonl' },
    { name: 'x', directory, environment: {} },
  );
  await expect(readAll(predictor, TASK)).rejects.toThrow(/cannot be read/);
  writeFileSync(join(directory, 'run.jsonl'), JSON.stringify({ context: SOURCE, output: 'now' }));
  expect(await readAll(predictor, TASK)).toEqual([{ content: 'now', tokens: 1 }]);
});
