import type { ReplayRequest } from '../../bridges/python/run.ts';
import { sameRepr } from '../../core/compare/value.ts';
import type { Frame } from '../../core/frame.ts';
import type { ResolvedProgram, World } from '../../core/program.ts';
import type { Outcome, Trace } from '../../core/trace.ts';
import { inconclusive, type Judgement } from './judgement.ts';

/** Runs a variant of a program. */
export type Rerun = (request: ReplayRequest) => Promise<Trace>;

const DAY_MS = 86_400_000;
/** Neither a whole number of weeks nor of hours. */
const CLOCK_SHIFT_MS = 1000 * DAY_MS + 27_127_000;
const SEED_SHIFT = 0x5bd1_e995;

interface Perturbation {
  /** What the program then depends on. */
  readonly source: string;
  readonly change: (request: ReplayRequest) => ReplayRequest;
}

function inWorld(request: ReplayRequest, change: Partial<ResolvedProgram['world']>): ReplayRequest {
  const { program } = request;
  return { ...request, program: { ...program, world: { ...program.world, ...change } } };
}

/** What may be changed without changing the question: a seed or a clock that the request states is part of it. */
function perturbations(stated: World | undefined): Perturbation[] {
  const found: Perturbation[] = [{ source: 'memory addresses', change: (request) => ({ ...request, shifted: true }) }];
  if (stated?.seed === undefined) {
    found.push({
      source: 'entropy',
      change: (request) => inWorld(request, { seed: (request.program.world.seed ^ SEED_SHIFT) >>> 0 }),
    });
  }
  if (stated?.clock === undefined) {
    found.push({
      source: 'the clock',
      change: (request) => {
        const later = new Date(Date.parse(request.program.world.clock) + CLOCK_SHIFT_MS).toISOString();
        return inWorld(request, { clock: later });
      },
    });
  }
  return found;
}

function sameOutcome(a: Outcome, b: Outcome): boolean {
  switch (a.kind) {
    case 'returned':
      return b.kind === 'returned' && sameRepr(a.value, b.value);
    case 'raised':
      return b.kind === 'raised' && a.type === b.type && a.message === b.message;
    case 'halted':
      return b.kind === 'halted' && a.reason === b.reason;
  }
}

function sameEnd(a: Trace, b: Trace): boolean {
  return a.stdout === b.stdout && sameOutcome(a.outcome, b.outcome);
}

function sameFrame(a: Frame, b: Frame | undefined): boolean {
  if (b === undefined || a.event !== b.event || a.line !== b.line) return false;
  if (!sameRepr(a.arg ?? '', b.arg ?? '') || a.locals?.size !== b.locals?.size) return false;
  return [...(a.locals ?? [])].every(([name, repr]) => sameRepr(repr, b.locals?.get(name) ?? ''));
}

function sameRun(a: Trace, b: Trace): boolean {
  return (
    sameEnd(a, b) &&
    a.frames.length === b.frames.length &&
    Iterator.from(a.frames).every((frame, index) => sameFrame(frame, b.frames.at(index)))
  );
}

/**
 * Runs a program again: untraced, which must end the same way, and in a world that differs in what the request leaves
 * open, which must go the same way.
 *
 * @returns why the first run cannot be trusted; undefined where it can
 */
export async function crossCheck(
  request: ReplayRequest,
  truth: Trace,
  stated: World | undefined,
  rerun: Rerun,
): Promise<Judgement | undefined> {
  if (truth.outcome.kind === 'halted') return undefined;
  const changes = perturbations(stated);
  const all = changes.reduce((changed, { change }) => change(changed), request);
  // First, since addresses differ between a traced and an untraced run as well.
  const changed = await rerun(all);
  if (ranOutOfTime(changed)) return outOfTime('in another world', changed);
  if (!sameRun(truth, changed)) return dependent(request, truth, changes, rerun);
  return checkUntraced(request, truth, rerun);
}

/** The wall clock is no property of the program: a slow machine or a near deadline must not make it look like one. */
function ranOutOfTime({ outcome }: Trace): boolean {
  return outcome.kind === 'halted' && outcome.reason === 'time';
}

function outOfTime(how: string, { outcome }: Trace): Judgement {
  return inconclusive('budget', `run ${how}: ${outcome.kind === 'halted' ? outcome.detail : ''}`);
}

/** Runs a program again untraced. */
async function checkUntraced(request: ReplayRequest, truth: Trace, rerun: Rerun): Promise<Judgement | undefined> {
  const untraced = await rerun({ ...request, untraced: true });
  // The second run counts no steps: where it is slower than its time budget, nothing was shown.
  if (untraced.outcome.kind === 'halted') return outOfTime('untraced', untraced);
  if (sameEnd(truth, untraced)) return undefined;
  return inconclusive('tampered', 'the program does something else when it is not traced');
}

/**
 * Runs a program again without recording it, which must end the same way: recording makes reprs, and a class of the
 * program may do anything in its own.
 *
 * @returns why the first run cannot be trusted; undefined where it can
 */
export async function checkUnrecorded(
  request: ReplayRequest,
  truth: Trace,
  rerun: Rerun,
): Promise<Judgement | undefined> {
  if (truth.outcome.kind === 'halted') return undefined;
  const unrecorded = await rerun({ ...request, unrecorded: true });
  if (ranOutOfTime(unrecorded)) return outOfTime('without its values', unrecorded);
  if (sameEnd(truth, unrecorded)) return undefined;
  return inconclusive('tampered', 'the program does something else when its values are not looked at');
}

const MAKES_CLASSES =
  /\b(?:class|type|types|exec|eval|compile|new_class|make_dataclass|marshal|pickle|importlib|__import__|__build_class__|builtins|globals|vars|getattr|setattr)\b/;

/** Whether a program may have classes of its own, whose reprs are then its own code. May say yes too often. */
export function mayMakeClasses(source: string): boolean {
  return MAKES_CLASSES.test(source);
}

/** Names what a run depends on. */
async function dependent(
  request: ReplayRequest,
  truth: Trace,
  changes: readonly Perturbation[],
  rerun: Rerun,
): Promise<Judgement> {
  const sources: string[] = [];
  for (const { source, change } of changes) {
    if (!sameRun(truth, await rerun(change(request)))) sources.push(source);
  }
  const named = sources.length === 0 ? 'its world' : sources.join(' and ');
  return inconclusive('nondeterministic', `the run depends on ${named}`);
}
