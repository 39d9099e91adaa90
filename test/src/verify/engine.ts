import { afterAll, beforeAll } from 'vitest';
import type { VerifyRequest, VerifyResponse } from '../../../core/verdict.ts';
import type { Assay, AssayOptions } from '../../../src/verify/assay.ts';
import { createAssay } from '../../../src/verify/assay.ts';

/** An engine for all tests of a file. */
export interface SharedEngine {
  /** Set when tests run. */
  assay: Assay;
}

/** Starts an engine before the tests of the file and stops it after them. */
export function useEngine(options: Partial<AssayOptions> = {}): SharedEngine {
  const engine = {} as SharedEngine;
  beforeAll(async () => {
    engine.assay = createAssay({ workers: 2, python: ['3.10'], queue: 100_000, ...options });
    await engine.assay.ready();
  });
  afterAll(() => engine.assay.close());
  return engine;
}

/** What a response says of the verdict, for comparing in one go. */
export function verdictOf({ status, reason, divergence }: VerifyResponse) {
  return {
    status,
    ...(reason !== null && { reason }),
    ...(divergence !== null && { kind: divergence.kind, frame: divergence.frame }),
  };
}

/** A response without what may differ between two answers to the same question. */
export function withoutTimings({ timings_ms: _, ...rest }: VerifyResponse): Omit<VerifyResponse, 'timings_ms'> {
  return rest;
}

/** Asks and gives the verdict alone. */
export async function ask(engine: SharedEngine, request: VerifyRequest) {
  return verdictOf(await engine.assay.verify(request));
}
