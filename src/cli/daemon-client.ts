import { setTimeout as sleep } from 'node:timers/promises';
import type { z } from 'zod';
import type { FaultCode } from '../../core/fault.ts';
import { FAULTS, Fault, Problem } from '../../core/fault.ts';
import { VerifyResponse } from '../../core/verdict.ts';
import { PatchResponse } from '../check/patch-request.ts';
import { GateResponse } from '../gate/gate-request.ts';
import { RewardResponse } from '../reward/reward-request.ts';
import type { Rewarder } from '../reward/rewarder.ts';
import { ExploreResponse } from '../verify/explore-request.ts';
import { TraceResponse } from '../verify/trace-request.ts';
import { CliError } from './cli-error.ts';
import type { DaemonEngine } from './engine.ts';
import { EXIT } from './exit-codes.ts';

/** How long a full queue is waited for, in milliseconds. */
const PATIENCE_MS = 60_000;

/**
 * An engine behind a daemon's HTTP face: the same requests, the same answers, the same faults.
 * Its calls throw {@link CliError} with {@link EXIT.unavailable} where there is no daemon.
 *
 * @param address such as `http://127.0.0.1:8787`
 * @param token that the daemon knows, where it asks for one
 * @throws {CliError} where the address is no HTTP URL
 */
export function createDaemonClient(address: string, token = process.env.ASSAY_TOKEN): DaemonEngine {
  const daemon = daemonAt(address, token);
  return {
    verify: (request, options = {}) => post(daemon, 'v1/verify', request, VerifyResponse, options.signal),
    trace: (request, options = {}) => post(daemon, 'v1/trace', request, TraceResponse, options.signal),
    patch: (request, options = {}) => post(daemon, 'v1/patch', request, PatchResponse, options.signal),
    explore: (request, options = {}) => post(daemon, 'v1/explore', request, ExploreResponse, options.signal),
    gate: (request, options = {}) => post(daemon, 'v1/gate', request, GateResponse, options.signal),
    close: () => Promise.resolve(),
  };
}

/**
 * A rewarder behind a daemon's HTTP face. Its calls throw as those of {@link createDaemonClient} do.
 *
 * @throws {CliError} where the address is no HTTP URL
 */
export function createDaemonRewarder(address: string, token = process.env.ASSAY_TOKEN): Rewarder {
  const daemon = daemonAt(address, token);
  return {
    score(items, { signal, deadlineMs, caller: _, onInternal: __, ...options } = {}) {
      const body = { items, ...options, ...(deadlineMs !== undefined && { deadline_ms: deadlineMs }) };
      return post(daemon, 'v1/reward', body, RewardResponse, signal);
    },
  };
}

function daemonAt(address: string, token: string | undefined): Daemon {
  return { base: baseOf(address), token: token === '' ? undefined : token };
}

interface Daemon {
  readonly base: URL;
  readonly token: string | undefined;
}

async function post<Schema extends z.ZodType>(
  daemon: Daemon,
  route: string,
  body: unknown,
  schema: Schema,
  signal: AbortSignal | undefined,
): Promise<z.infer<Schema>> {
  const { base, token } = daemon;
  const url = new URL(route, base);
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const { status, answer } = await send(url, JSON.stringify(body), token, signal);
    if (status === 200) {
      const checked = schema.safeParse(answer);
      if (checked.success) return checked.data;
      throw new CliError(`${base.href} answers in another form`, 'use the same version of Assay on both sides');
    }
    const fault = faultOf(base, status, answer);
    if ((fault.code !== 'queue-full' && fault.code !== 'over-quota') || performance.now() > end) throw fault;
    await sleep((fault.retryAfterSeconds ?? 1) * 1000, undefined, signal === undefined ? {} : { signal });
  }
}

async function send(
  url: URL,
  body: string,
  token: string | undefined,
  signal: AbortSignal | undefined,
): Promise<{ status: number; answer: unknown }> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token !== undefined && { authorization: `Bearer ${token}` }) },
      body,
      ...(signal !== undefined && { signal }),
    });
    const text = await response.text();
    return { status: response.status, answer: parse(url, text) };
  } catch (error) {
    if (error instanceof CliError || signal?.aborted === true) throw error;
    throw absent(url, reasonOf(error));
  }
}

function parse(url: URL, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw absent(url, 'what answers there is not Assay');
  }
}

/** The fault that a problem document tells of. @throws {CliError} where it is none, or says that nobody is there */
export function faultOf(base: URL, status: number, answer: unknown): Fault {
  const problem = Problem.safeParse(answer);
  if (!problem.success || !isFaultCode(problem.data.code)) throw absent(base, `it answers with status ${status}`);
  const { code, detail, errors = [], retry_after_s } = problem.data;
  if (code === 'unauthorized') throw refusal(base, detail);
  if (code === 'shutting-down' || code === 'not-ready') throw absent(base, detail);
  return new Fault(code, detail, { errors, ...(retry_after_s !== undefined && { retryAfterSeconds: retry_after_s }) });
}

function refusal(base: URL, detail: string): CliError {
  return new CliError(`${base.origin} refuses: ${detail}`, 'set ASSAY_TOKEN to a token that the daemon knows');
}

function isFaultCode(code: string): code is FaultCode {
  return Object.hasOwn(FAULTS, code);
}

/** There is no daemon at that address. */
export function absent(url: URL, reason: string): CliError {
  const fix = 'start one with `assay serve`, or leave out --daemon and ASSAY_URL to run here';
  return new CliError(`no daemon at ${url.origin}: ${reason}`, fix, EXIT.unavailable);
}

/** Why a request did not get through, in a word. */
export function reasonOf(error: unknown): string {
  const { message, cause } = error as { message?: unknown; cause?: { code?: unknown; message?: unknown } };
  return String(cause?.code ?? cause?.message ?? message);
}

/** @throws {CliError} where the address is no HTTP URL */
export function baseOf(address: string): URL {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (url === undefined || (url.protocol !== 'http:' && url.protocol !== 'https:')) {
    throw new CliError(`${JSON.stringify(address)} is no address of a daemon`, 'write it as http://127.0.0.1:8787');
  }
  if (!url.pathname.endsWith('/')) url.pathname += '/';
  return url;
}
