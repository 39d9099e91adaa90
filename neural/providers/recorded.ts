import { createReadStream } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { splitPrompt } from '../formats/cwm/prompt.ts';
import {
  type Piece,
  type PredictionOptions,
  type PredictionTask,
  type Predictor,
  PredictorError,
  type PredictorIdentity,
} from '../predictor.ts';
import { RecordedOptions } from './options.ts';
import type { Provider } from './provider.ts';

const Trace = z.union([z.string(), z.array(z.union([z.int().min(0), z.string()]))]);

/** A line of a recording: a verify request with a CWM trace, or a prompt's source and what a model wrote behind it. */
const Row = z.union([
  z
    .object({
      program: z.object({ source: z.string() }).optional(),
      claim: z.object({ kind: z.literal('trace'), text: z.string().optional(), tokens: Trace.optional() }),
    })
    .transform(({ program, claim }) => ({ source: program?.source, trace: claim.text ?? claim.tokens })),
  z
    .object({ context: z.string(), output: z.string() })
    .transform(({ context, output }) => ({ source: context, trace: output })),
]);

type Recording = ReadonlyMap<string, z.infer<typeof Trace>>;

/** Traces from a file, found by the text of their program: for tests, and for looking at an old run again. */
export const recorded: Provider<typeof RecordedOptions> = {
  schema: RecordedOptions,
  open: ({ file }, { name, directory }) => new RecordedPredictor(name, resolve(directory, file)),
};

class RecordedPredictor implements Predictor {
  readonly identity: PredictorIdentity;
  readonly capabilities = {
    resumes: false,
    streams: true,
    stops: false,
    logprobs: false,
    output: 'text',
    batch: 64,
  } as const;
  readonly #file: string;
  #recording: Promise<Recording> | undefined;

  constructor(name: string, file: string) {
    this.identity = { name, provider: 'recorded', model: null, execution: 'none' };
    this.#file = file;
  }

  async *predict(task: PredictionTask, { signal }: PredictionOptions): AsyncGenerator<Piece> {
    const recording = await this.#read();
    signal.throwIfAborted();
    const trace = recording.get(task.source);
    if (trace === undefined) throw new PredictorError('unsuited', 'the recording has no trace of this program');
    for (const content of typeof trace === 'string' ? [trace] : trace) yield { content, tokens: 1 };
  }

  async check(signal: AbortSignal): Promise<string> {
    const { size } = await this.#read();
    signal.throwIfAborted();
    return `${size} recorded traces`;
  }

  close(): Promise<void> {
    this.#recording = undefined;
    return Promise.resolve();
  }

  #read(): Promise<Recording> {
    this.#recording ??= readRecording(this.#file);
    // A file that was missing may be there next time.
    this.#recording.catch(() => {
      this.#recording = undefined;
    });
    return this.#recording;
  }
}

async function readRecording(file: string): Promise<Recording> {
  const traces = new Map<string, z.infer<typeof Trace>>();
  let number = 0;
  try {
    const lines = createInterface({ input: createReadStream(file), crlfDelay: Number.POSITIVE_INFINITY });
    for await (const line of lines) {
      number += 1;
      if (line.trim() === '') continue;
      const { source, trace } = Row.parse(JSON.parse(line));
      const text = typeof trace === 'string' ? trace : undefined;
      const named = source ?? (text === undefined ? undefined : splitPrompt(text)?.source);
      if (named === undefined || trace === undefined) throw new Error('no program or no trace');
      // The last one counts, as in a file that is written on.
      traces.set(named, text === undefined ? trace : (splitPrompt(text)?.trace ?? text));
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const where =
      code === undefined
        ? `line ${number} of the recording is no recorded trace`
        : `the recording cannot be read (${code})`;
    throw new PredictorError('unsuited', where, { cause: error });
  }
  return traces;
}
