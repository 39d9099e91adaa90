import { createParser } from 'eventsource-parser';
import { z } from 'zod';
import { PredictorError } from '../../predictor.ts';
import type { Answer } from './connection.ts';

/** A piece of a completion: text, or ids where the server gives them. */
export interface CompletionPart {
  readonly text: string;
  readonly tokens?: readonly number[];
  readonly logprobs?: readonly (number | null)[];
  /** Set on the last part: `stop` where the model, or a stop string, ended it; `length` where a limit did. */
  readonly finish?: string;
}

const Choice = z.object({
  text: z.string().nullish(),
  tokens: z.array(z.int().min(0)).nullish(),
  finish_reason: z.string().nullish(),
  logprobs: z.object({ token_logprobs: z.array(z.number().nullable()).nullish() }).nullish(),
});
const Completion = z.object({ choices: z.array(Choice) });

/** Characters of one event, or of an answer that is no stream. */
const MAX_EVENT = 32 << 20;

/**
 * The parts of an answer.
 *
 * @throws {PredictorError} `broken` where a stream ends before its end, `malformed` where it is none
 */
export async function* readCompletion(answer: Answer): AsyncGenerator<CompletionPart> {
  if (!answer.streamed) {
    yield await readWhole(answer);
    return;
  }
  let events: string[] = [];
  let overfull = false;
  const parser = createParser({
    maxBufferSize: MAX_EVENT,
    onEvent: ({ data }) => events.push(data),
    onError: ({ type }) => {
      overfull ||= type === 'max-buffer-size-exceeded';
    },
  });
  let ended = false;
  for await (const chunk of answer.chunks) {
    parser.feed(chunk);
    if (overfull) throw new PredictorError('malformed', 'an event of the stream is too long');
    const taken = events;
    events = [];
    for (const data of taken) {
      if (data.trim() === '[DONE]') return;
      const part = toPart(parse(data));
      ended ||= part?.finish !== undefined;
      if (part !== undefined) yield part;
    }
  }
  if (!ended) throw new PredictorError('broken', 'the stream ended in the middle');
}

async function readWhole({ chunks }: Answer): Promise<CompletionPart> {
  let text = '';
  for await (const chunk of chunks) {
    text += chunk;
    if (text.length > MAX_EVENT) throw new PredictorError('malformed', 'the answer is too long');
  }
  const part = toPart(parse(text));
  if (part === undefined) throw new PredictorError('malformed', 'the answer has no choice');
  return { finish: 'stop', ...part };
}

function parse(data: string): unknown {
  try {
    return JSON.parse(data);
  } catch (error) {
    throw new PredictorError('malformed', "the model's server sends what is not JSON", { cause: error });
  }
}

/** Undefined for an event without a choice, such as one with the usage alone. */
function toPart(value: unknown): CompletionPart | undefined {
  if (typeof value === 'object' && value !== null && 'error' in value) {
    throw new PredictorError('broken', "the model's server failed in the middle", { cause: value });
  }
  const checked = Completion.safeParse(value);
  if (!checked.success) {
    throw new PredictorError('malformed', "the model's server sends what is no completion", { cause: checked.error });
  }
  const choice = checked.data.choices[0];
  if (choice === undefined) return undefined;
  const { text, tokens, finish_reason: finish, logprobs } = choice;
  return {
    text: text ?? '',
    ...(tokens && { tokens }),
    ...(logprobs?.token_logprobs && { logprobs: logprobs.token_logprobs }),
    ...(finish && { finish }),
  };
}
