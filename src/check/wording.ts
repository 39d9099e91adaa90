import type { CallRecord } from '../../core/call-record.ts';
import type { Outcome } from '../../core/trace.ts';
import type { BehaviourProof, FoundWitness } from './behaviour.ts';
import type { DifferenceKind } from './difference.ts';
import { shownCall } from './inputs/scenario.ts';
import type { PatchedFunction } from './patch-request.ts';

/** Characters of a value in an answer. */
const LONGEST = 2000;

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

/** `returns 3`, `raises KeyError: 'k'`, `is stopped: …`. */
export function endOf(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'returned':
      return `returns ${cut(outcome.value)}`;
    case 'raised':
      return `raises ${outcome.type}${outcome.message === '' ? '' : `: ${cut(outcome.message)}`}`;
    case 'halted':
      return outcome.reason === 'steps'
        ? `does not end within its budget (${outcome.detail})`
        : `is stopped: ${outcome.detail}`;
  }
}

function effectOf({ outcome, after, stdout, shares }: CallRecord) {
  return {
    ends: [endOf(outcome), ...shares].join(', '),
    arguments: after.map(([name, text]) => `${name} = ${cut(text)}`),
    stdout: cut(stdout),
  };
}

/** A witness as an answer shows it. */
export function shownWitness({ scenario, kind, base, head }: FoundWitness): NonNullable<PatchedFunction['witness']> {
  return { calls: scenario.map(shownCall), kind, base: effectOf(base), head: effectOf(head) };
}

/** What a proof covers, in words. */
export function proofText({ parameters, bounds, paths }: BehaviourProof): string {
  const all = parameters.length === 0 ? 'proved the same' : `proved the same for all ${parameters.join(', ')}`;
  const within = bounds.length === 0 ? '' : `, within ${bounds.join(', ')}`;
  return `${all}${within} (${paths === 1 ? 'one path' : `${paths} paths`})`;
}

/** A proof as an answer shows it. */
export function shownProof({ parameters, bounds, paths }: BehaviourProof): NonNullable<PatchedFunction['proof']> {
  return { parameters: [...parameters], bounds: [...bounds], paths };
}

/** `f(3)`, or `f(1) and then f(2)`. */
export function callsOf({ scenario }: FoundWitness): string {
  const calls = scenario.map(shownCall);
  return calls.length <= 1 ? (calls[0] ?? '') : `${calls.slice(0, -1).join('; ')} and then ${calls.at(-1)}`;
}

/** How the two sides differ, in a clause. */
export function differenceText({ kind, base, head }: FoundWitness): string {
  const [before, after] = detailOf(kind, base, head);
  return `${before} before, ${after} now`;
}

function detailOf(kind: DifferenceKind, base: CallRecord, head: CallRecord): readonly [string, string] {
  switch (kind) {
    case 'argument': {
      const index = base.after.findIndex(([, text], at) => head.after[at]?.[1] !== text);
      const [name, text] = base.after[index] ?? ['argument', '?'];
      return [`leaves ${name} as ${cut(text)}`, `leaves it as ${cut(head.after[index]?.[1] ?? 'nothing')}`];
    }
    case 'stdout':
      return [`prints ${JSON.stringify(cut(base.stdout))}`, `prints ${JSON.stringify(cut(head.stdout))}`];
    case 'sharing':
      return [sharingOf(base), sharingOf(head)];
    case 'value':
    case 'raises':
    case 'stops raising':
    case 'exception':
    case 'message':
    case 'endless':
    case 'ends':
    case 'tampered':
      return [endOf(base.outcome), endOf(head.outcome)];
  }
}

function sharingOf({ shares }: CallRecord): string {
  return shares.length === 0 ? 'returns an object of its own' : shares.join(', ');
}
