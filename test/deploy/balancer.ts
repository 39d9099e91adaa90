import { once } from 'node:events';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

interface Replica {
  readonly url: string;
  underWay: number;
  served: number;
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/**
 * A balancer as those of `deploy/` are set up: it sends each request to the replica with the fewest under way, and one that
 * was refused (503) or got no connection to the next replica.
 */
export class LeastConnections implements AsyncDisposable {
  readonly #replicas: Replica[];
  readonly #agent = new Agent({ keepAlive: true });
  readonly #server = createServer((incoming, response) => void this.#pass(incoming, response));

  constructor(urls: readonly string[]) {
    this.#replicas = urls.map((url) => ({ url, underWay: 0, served: 0 }));
  }

  async listen(): Promise<string> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** How many requests each replica has answered. */
  get served(): number[] {
    return this.#replicas.map(({ served }) => served);
  }

  async #pass(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await buffer(incoming);
    let answer: Answer = { status: 502, body: Buffer.from('no replica') };
    const left = new Set(this.#replicas);
    while (left.size > 0) {
      const replica = [...left].reduce((least, next) => (next.underWay < least.underWay ? next : least));
      left.delete(replica);
      replica.underWay++;
      const tried = await this.#ask(replica, incoming, body).finally(() => replica.underWay--);
      if (tried === undefined) continue;
      answer = tried;
      if (tried.status === 503) continue;
      replica.served++;
      break;
    }
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
  }

  async #ask({ url }: Replica, { method, url: path }: IncomingMessage, body: Buffer): Promise<Answer | undefined> {
    try {
      const headers = { 'content-type': 'application/json', 'content-length': body.length };
      const sent = request(`${url}${path}`, { method, agent: this.#agent, headers });
      sent.end(body);
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      return { status: response.statusCode ?? 0, body: await buffer(response) };
    } catch {
      return undefined;
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#agent.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }
}
