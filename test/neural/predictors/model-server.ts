import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** What a completions request holds, as far as tests look at it. */
export interface CompletionBody {
  readonly model: string;
  readonly prompt: string | readonly number[];
  readonly stop?: string | readonly string[];
  readonly stream?: boolean;
  readonly max_tokens: number;
  readonly temperature: number;
  readonly [extra: string]: unknown;
}

export interface ModelServer {
  /** Where its API begins. */
  readonly url: string;
  readonly requests: readonly CompletionBody[];
  readonly headers: readonly IncomingMessage['headers'][];
  /** Requests whose client hung up before the answer was whole. */
  readonly abandoned: () => number;
  readonly close: () => Promise<void>;
}

/** Answers one request. @param turn how many came before */
export type Answer = (response: ServerResponse, body: CompletionBody, turn: number) => unknown;

/** A real HTTP server that speaks the completions API, or breaks it. */
export async function startModelServer(answer: Answer, models: readonly string[] = ['m']): Promise<ModelServer> {
  const requests: CompletionBody[] = [];
  const headers: IncomingMessage['headers'][] = [];
  let abandoned = 0;
  const server = createServer((request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) abandoned += 1;
    });
    response.on('error', () => undefined);
    headers.push(request.headers);
    if (request.url === '/v1/models') {
      response.end(JSON.stringify({ object: 'list', data: models.map((id) => ({ id })) }));
      return;
    }
    void json(request).then(async (body) => {
      requests.push(body as CompletionBody);
      await answer(response, body as CompletionBody, requests.length - 1);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    headers,
    abandoned: () => abandoned,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function beginStream(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
}

/** One event of a stream. */
export function event(text: string, finish: string | null = null, rest: object = {}): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, text, finish_reason: finish, ...rest }] })}\n\n`;
}

/** A text as a whole stream, a few characters an event. */
export function stream(response: ServerResponse, text: string, finish = 'stop', size = 5): void {
  beginStream(response);
  const characters = [...text];
  for (let at = 0; at < characters.length; at += size) response.write(event(characters.slice(at, at + size).join('')));
  response.write(event('', finish));
  response.end('data: [DONE]\n\n');
}
