import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll } from 'vitest';
import type { VerifyRequest } from '../../../core/verdict.ts';
import type { ServerOptions } from '../../../src/http/options.ts';
import type { HttpServer } from '../../../src/http/server.ts';
import { createServer } from '../../../src/http/server.ts';
import type { Assay, AssayOptions } from '../../../src/verify/assay.ts';
import { createAssay } from '../../../src/verify/assay.ts';

/** A server on a real engine of one interpreter, for all tests of a file. */
export interface Daemon {
  assay: Assay;
  server: HttpServer;
  /** Address, where it listens. */
  url: string;
}

/** Starts a daemon before the tests of the file and stops it after them. Its fields are set when tests run. */
export function useDaemon(
  engine: Partial<AssayOptions> = {},
  options: Partial<ServerOptions> = {},
  listen = false,
): Daemon {
  const daemon = {} as Daemon;
  beforeAll(async () => {
    daemon.assay = createAssay({ workers: 1, python: ['3.10'], queue: 100, ...engine });
    daemon.server = createServer(daemon.assay, { canaries: ['3.10'], ...options });
    if (listen) daemon.url = await listenAnywhere(daemon.server);
    else await daemon.server.ready();
    await daemon.assay.ready();
  });
  afterAll(async () => {
    await daemon.server.close();
    await daemon.assay.close();
  });
  return daemon;
}

export async function listenAnywhere(server: HttpServer): Promise<string> {
  await server.listen({ host: '127.0.0.1', port: 0 });
  return `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`;
}

const INCREMENT = { source: 'def f(x):\n    return x + 1\n', python: '3.10' } as const;

/** A claim that is right. */
export function rightClaim(x = 3): VerifyRequest {
  return { program: { ...INCREMENT, entry: { call: `f(${x})` } }, claim: { kind: 'output', returns: String(x + 1) } };
}

/** A claim that is wrong. */
export function wrongClaim(x = 3): VerifyRequest {
  return { program: { ...INCREMENT, entry: { call: `f(${x})` } }, claim: { kind: 'output', returns: String(x) } };
}

/** A claim whose program runs until its budget ends it: about `ms` milliseconds, in steps that are few and long. */
export function slowClaim(ms: number): VerifyRequest {
  return {
    program: {
      source: 'def f():\n    while sum(range(100_000)):\n        pass\n',
      entry: { call: 'f()' },
      python: '3.10',
    },
    claim: { kind: 'output', returns: '1' },
    options: {
      correction: true,
      path: 'off',
      bounded: 'reject',
      cross_check: false,
      budget: { ms, steps: 100_000_000 },
    },
  };
}
