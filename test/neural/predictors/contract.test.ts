import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TOKEN_IDS } from '../../../neural/formats/cwm/tokens.ts';
import { openPredictor } from '../../../neural/providers/list.ts';
import { OnnxOptions } from '../../../neural/providers/onnx/options.ts';
import { OpenAiOptions } from '../../../neural/providers/openai/options.ts';
import { byteTokenizer } from './byte-tokenizer.ts';
import { describePredictor } from './contract.ts';
import { type Answer, startModelServer, stream } from './model-server.ts';

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

/** A model that knows one trace for each program, and continues behind what the prompt has of it. */
const knowingModel: Answer = (response, { prompt }) => {
  const source = SOURCES.find((known) => String(prompt).includes(known));
  if (source === undefined) response.writeHead(400).end();
  else stream(response, traceOf(source).replace('<|end_of_text|>', ''));
};

describePredictor('openai', async () => {
  const server = await startModelServer(knowingModel);
  const options = OpenAiOptions.parse({ provider: 'openai', url: server.url, model: 'm' });
  return {
    predictor: openPredictor(options, { name: 'gpu', directory: '.', environment: {} }),
    tasks: SOURCES.map((source) => ({ source, python: '3.10', frames: [] }) as const),
    close: server.close,
  };
});

describePredictor('onnx, the embedded model', () => {
  const sources = ['3', 'n + 1', 'len(str(n))'].map(
    (value, index) =>
      `def f${index}(n):\n    return ${value}\n\n\ndef main():  # << START_OF_TRACE\n    return f${index}(2)\n`,
  );
  return Promise.resolve({
    predictor: openPredictor(OnnxOptions.parse({ provider: 'onnx' }), {
      name: 'nano',
      directory: '.',
      environment: {},
    }),
    tasks: sources.map((source) => ({ source, python: '3.10', frames: [] }) as const),
  });
});

describePredictor('openai in the dialect of CWM’s own server', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'assay-dialect-'));
  writeFileSync(join(directory, 'tokenizer.json'), JSON.stringify(byteTokenizer()));
  const server = await startModelServer((response, { prompt }) => {
    const program = Buffer.from((prompt as readonly number[]).filter((id) => id < 256)).toString();
    const source = SOURCES.find((known) => program.includes(known));
    const wanted = source ?? '';
    const tokens = [TOKEN_IDS.call_sep, ...Buffer.from(`{}${wanted.split('\n')[0]}`), TOKEN_IDS.frame_sep];
    return response.end(JSON.stringify({ choices: [{ text: '', tokens, finish_reason: 'length' }] }));
  });
  const given = { provider: 'openai', url: server.url, model: 'm', dialect: 'cwm', tokenizer: 'tokenizer.json' };
  return {
    predictor: openPredictor(OpenAiOptions.parse(given), { name: 'cwm', directory, environment: {} }),
    tasks: SOURCES.map((source) => ({ source, python: '3.10', frames: [] }) as const),
    close: async () => {
      await server.close();
      rmSync(directory, { recursive: true });
    },
  };
});
