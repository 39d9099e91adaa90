import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** What a reward request was answered with, as far as a client looks. */
export interface RewardAnswer {
  readonly rewards: readonly (number | null)[];
  readonly failures: readonly { readonly index: number; readonly failure_class: string }[];
  /** Why each claim is inconclusive, if it is. */
  readonly details: readonly { readonly reason: string | null }[];
  /** Milliseconds from the request to the end of its answer. */
  readonly ms: number;
}

/** A trainer's end of the wire: one request a sample, many at one time. */
export class RewardClient {
  readonly #agent: Agent;
  readonly #url: string;

  /**
   * @param url of the route
   * @param connections at one time, at most
   */
  constructor(url: string, connections: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#url = url;
  }

  /** @throws Error where the answer is none */
  async ask(body: string): Promise<RewardAnswer> {
    const start = performance.now();
    const sent = request(this.#url, {
      agent: this.#agent,
      method: 'POST',
      headers: { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) },
    });
    sent.end(body);
    const [response] = await once(sent, 'response');
    const answer = await text(response);
    if (response.statusCode !== 200) throw new Error(`${response.statusCode}: ${answer}`);
    return { ...(JSON.parse(answer) as Omit<RewardAnswer, 'ms'>), ms: performance.now() - start };
  }

  close(): void {
    this.#agent.destroy();
  }
}
