import { createParser, type EventSourceMessage } from 'eventsource-parser';
import { Problem } from '../../core/fault.ts';
import {
  SimulatedFrame,
  type SimulateEvent,
  type SimulateRequest,
  SimulateResponse,
} from '../simulate/simulate-request.ts';
import { CliError } from './cli-error.ts';
import { absent, baseOf, faultOf, reasonOf } from './daemon-client.ts';

/** Characters of one event: a verdict on a long trace is a few megabytes. */
const MAX_EVENT = 64 << 20;

/**
 * A simulation behind a daemon's HTTP face: the same events, the same faults.
 *
 * @param token that the daemon knows, where it asks for one
 * @throws {CliError} where there is no daemon; {@link Fault} where it refuses
 */
export async function* simulateByDaemon(
  address: string,
  request: SimulateRequest,
  token: string | undefined = process.env.ASSAY_TOKEN,
): AsyncGenerator<SimulateEvent> {
  const base = baseOf(address);
  const response = await send(base, request, token);
  if (response.status !== 200 || response.body === null) {
    throw faultOf(base, response.status, await response.json().catch(() => null));
  }
  const messages: EventSourceMessage[] = [];
  const parser = createParser({ maxBufferSize: MAX_EVENT, onEvent: (message) => messages.push(message) });
  try {
    for await (const text of response.body.pipeThrough(new TextDecoderStream())) {
      parser.feed(text);
      for (const message of messages.splice(0)) yield toEvent(base, message);
    }
  } catch (error) {
    throw error instanceof TypeError ? absent(base, reasonOf(error)) : error;
  }
}

async function send(base: URL, request: SimulateRequest, token: string | undefined): Promise<Response> {
  try {
    return await fetch(new URL('v1/simulate', base), {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && token !== '' && { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(request),
    });
  } catch (error) {
    throw absent(base, reasonOf(error));
  }
}

function toEvent(base: URL, { event, data }: EventSourceMessage): SimulateEvent {
  const value: unknown = JSON.parse(data);
  if (event === 'error') throw faultOf(base, Problem.safeParse(value).data?.status ?? 500, value);
  if (event === 'frame') {
    const frame = SimulatedFrame.safeParse(value);
    if (frame.success) return { event, data: frame.data };
  }
  if (event === 'done') {
    const done = SimulateResponse.safeParse(value);
    if (done.success) return { event, data: done.data };
  }
  throw new CliError(`${base.href} answers in another form`, 'use the same version of Assay on both sides');
}
