import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openPredictor } from '../../../neural/providers/list.ts';
import { describePredictor } from './contract.ts';

const SOURCES = ['one', 'two', 'three'].map((name) => `def ${name}():  # << START_OF_TRACE\n    return 1\n`);

const traceOf = (source: string) =>
  `<|call_sep|>{}<|action_sep|>${source.split('\n')[0]}\n<|frame_sep|><|end_of_text|>`;

describePredictor('recorded', () => {
  const directory = mkdtempSync(join(tmpdir(), 'assay-recorded-'));
  const rows = SOURCES.map((source) => ({
    program: { source },
    claim: { kind: 'trace', format: 'cwm', text: traceOf(source) },
  }));
  writeFileSync(join(directory, 'run.jsonl'), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const context = { name: 'old', directory, environment: {} };
  return Promise.resolve({
    predictor: openPredictor({ provider: 'recorded', file: 'run.jsonl' }, context),
    tasks: SOURCES.map((source) => ({ source, python: '3.10', frames: [] }) as const),
    close: () => Promise.resolve(rmSync(directory, { recursive: true })),
  });
});
