import { memoryMb } from '../../bench/proc.ts';
import type { Claim } from '../../core/claim.ts';
import type { Program, PythonVersion } from '../../core/program.ts';
import { loadAttacks } from '../attacks/corpus.ts';
import { ATTACK_BUDGET } from '../attacks/trial.ts';
import { loadCases } from '../cases/cases.ts';
import { sandboxesOf, until } from './sandbox-processes.ts';

export interface ChaosOptions {
  /** The daemon's address and process. */
  readonly url: string;
  readonly pid: number;
  readonly requests: number;
  /** Requests under way at one time. */
  readonly concurrency: number;
  /** How often a process that runs programs is killed meanwhile. */
  readonly kills: number;
  readonly python: readonly PythonVersion[];
  /** Decides which requests are made, and in which order. */
  readonly seed: number;
}

export interface ChaosReport {
  /** Requests that were answered, once each. */
  readonly answered: number;
  readonly honest: number;
  readonly hostile: number;
  readonly kills: number;
  /** What went wrong, a line each. */
  readonly wrong: readonly string[];
  /** Resident memory of the daemon and its processes, in MB: before, and once all is over. */
  readonly memoryMb: { readonly before: number; readonly after: number };
}

interface Shot {
  readonly name: string;
  readonly body: unknown;
  /** Why an answer is not what it has to be. */
  readonly objection: (answer: Answer) => string | undefined;
  readonly hostile: boolean;
}

interface Answer {
  readonly http: number;
  readonly status?: string;
  readonly message?: string;
  readonly code?: string;
}

/** Time that an honest program may take although the machine is beset. */
const PATIENT = { ms: 60_000 };
const HOSTILE_SHARE = 0.3;
const WRONG_SHARE = 0.2;

/** splitmix32. */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  };
}

function must(status: string): Shot['objection'] {
  return (answer) =>
    answer.status === status ? undefined : `${answer.status ?? answer.http}, ${answer.message ?? answer.code}`;
}

/** Verdict or refusal, anything but the attacker's wish. Its own process may have died under it twice. */
function mustNotBeVerified({ status, code, http }: Answer): string | undefined {
  if (status === 'verified') return 'accepted';
  return status === undefined && code !== 'worker-lost' ? `no verdict: ${http} ${code}` : undefined;
}

function verifyBody(program: Program, claim: Claim, budget: object): unknown {
  return { program, claim, options: { budget } };
}

function loadShots(python: PythonVersion): {
  honest: readonly Shot[];
  wrong: readonly Shot[];
  hostile: readonly Shot[];
} {
  const cases = loadCases().filter((one) => one.python.includes(python));
  const programOf = ({ source, entry, stdin }: (typeof cases)[number]): Program => {
    return { source, entry, python, world: { stdin } };
  };
  const honest = cases.map((one): Shot => {
    const claim: Claim = {
      kind: 'output',
      ...(one.raises === undefined ? { returns: one.returns } : { raises: one.raises }),
    };
    const body = verifyBody(programOf(one), claim, PATIENT);
    return { name: `${python} ${one.name}`, body, objection: must('verified'), hostile: false };
  });
  const wrong = cases.map((one): Shot => {
    const body = verifyBody(programOf(one), { kind: 'output', returns: "'never said'" }, PATIENT);
    return { name: `${python} ${one.name}, a wrong claim`, body, objection: must('refuted'), hostile: false };
  });
  const attacks = loadAttacks().filter((one) => one.python.includes(python));
  const hostile = attacks.map(({ name, source, entry, stdin, claim }): Shot => {
    const body = verifyBody({ source, entry, python, world: { stdin } }, claim, ATTACK_BUDGET);
    return { name: `${python} ${name}`, body, objection: mustNotBeVerified, hostile: true };
  });
  return { honest, wrong, hostile };
}

function chooseShots({ python, requests, seed }: ChaosOptions): Shot[] {
  const next = random(seed);
  const loaded = python.map(loadShots);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(next() * all.length)] as T;
  return Array.from({ length: requests }, () => {
    const { honest, wrong, hostile } = pick(loaded);
    if (next() < HOSTILE_SHARE) return pick(hostile);
    return pick(next() < WRONG_SHARE ? wrong : honest);
  });
}

async function fire(url: string, { body }: Shot): Promise<Answer> {
  const response = await fetch(`${url}/v1/verify`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { ...((await response.json()) as object), http: response.status };
}

/**
 * Puts honest, wrong and hostile requests to a daemon, many at one time, and kills the processes that run its programs
 * meanwhile. Every request has to be answered, and every honest one right.
 */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const { url, pid, concurrency } = options;
  const wrong: string[] = [];
  const tally = { answered: 0, honest: 0, hostile: 0, kills: 0 };
  const shots = chooseShots(options);
  const total = shots.length;
  const take = async (): Promise<void> => {
    for (let shot = shots.pop(); shot !== undefined; shot = shots.pop()) {
      const objection = await fire(url, shot).then(shot.objection, (error: unknown) => `no answer: ${error}`);
      tally.answered++;
      tally[shot.hostile ? 'hostile' : 'honest']++;
      if (objection !== undefined) wrong.push(`${shot.name}: ${objection}`);
    }
  };
  // Everything that it holds on to from its start is there once each version has answered.
  await Promise.all(options.python.map((python) => fire(url, loadShots(python).honest[0] as Shot)));
  const before = memoryMb(pid, 'VmRSS');
  const killing = killBetween(options, tally, total);
  await Promise.all(Array.from({ length: concurrency }, take));
  await killing;
  await Promise.all(options.python.map((python) => fire(url, loadShots(python).honest[0] as Shot)));
  return { ...tally, wrong, memoryMb: { before, after: memoryMb(pid, 'VmRSS') } };
}

/** Kills one process after the other, each after as many more answers: a request that meets two is then its own fault. */
async function killBetween(
  { pid, kills }: ChaosOptions,
  tally: { answered: number; kills: number },
  total: number,
): Promise<void> {
  const every = total / (kills + 1);
  for (let kill = 1; kill <= kills; kill++) {
    await until(() => tally.answered >= kill * every && (tally.answered >= total || sandboxesOf(pid).length > 0), LONG);
    const alive = sandboxesOf(pid);
    const victim = alive[kill % alive.length];
    if (victim === undefined || tally.answered >= total) return;
    process.kill(victim, 'SIGKILL');
    tally.kills++;
  }
}

/** How long a kill may be waited for, in milliseconds. */
const LONG = 600_000;
