import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { text } from 'node:stream/consumers';

/** A trainer's end of the wire: one request a sample, many at one time. */
export class RewardClient {
  readonly #agent: Agent;
  readonly #url: string;

  /** @param url of the route */
  constructor(url: string, connections: number) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: connections });
    this.#url = url;
  }

  /** @returns the rewards, and the milliseconds that they took @throws Error where the answer is none */
  async ask(body: string): Promise<{ rewards: (number | null)[]; ms: number }> {
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
    return { rewards: (JSON.parse(answer) as { rewards: (number | null)[] }).rewards, ms: performance.now() - start };
  }

  close(): void {
    this.#agent.destroy();
  }
}
