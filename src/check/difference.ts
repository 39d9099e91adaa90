import type { CallRecord } from '../../core/call-record.ts';

/** In which way two versions of a call differ. */
export type DifferenceKind =
  | 'value'
  | 'raises'
  | 'stops raising'
  | 'exception'
  | 'message'
  | 'argument'
  | 'sharing'
  | 'stdout'
  | 'endless'
  | 'ends'
  | 'tampered';

/** What decides whether two records count as different. */
export interface Domain {
  /** The input is one that the code is meant for: somebody wrote it, or all parameters say their types. */
  readonly meant: boolean;
  /** Exceptions that the code raises by itself: their messages are its own. */
  readonly raised: ReadonlySet<string>;
}

/** Exceptions with which Python answers input of a wrong kind. */
const REJECTIONS: ReadonlySet<string> = new Set(['TypeError', 'AttributeError']);

/** Whether a call was answered as input of a wrong kind. */
export function isRejection({ outcome }: CallRecord): boolean {
  return outcome.kind === 'raised' && REJECTIONS.has(outcome.type);
}

/**
 * How the head's call differs from the base's; undefined where it does not, or where nothing can be said: a run that was
 * stopped for another reason than its length shows nothing, and what a function does with input of a wrong kind is not its behaviour.
 */
export function differenceOf(base: CallRecord, head: CallRecord, domain: Domain): DifferenceKind | undefined {
  if (base.outcome.kind === 'halted') {
    return head.outcome.kind !== 'halted' && isOverBudget(base.outcome.reason) ? 'ends' : undefined;
  }
  if (head.outcome.kind === 'halted') return differenceOfHalt(head.outcome.reason);
  if (!domain.meant && isRejection(base)) return undefined;
  return differenceOfOutcome(base, head, domain) ?? differenceOfEffects(base, head);
}

function differenceOfHalt(reason: string): DifferenceKind | undefined {
  if (reason === 'tampered') return 'tampered';
  return isOverBudget(reason) ? 'endless' : undefined;
}

function isOverBudget(reason: string): boolean {
  return reason === 'steps' || reason === 'time';
}

function differenceOfOutcome(base: CallRecord, head: CallRecord, { raised }: Domain): DifferenceKind | undefined {
  const [a, b] = [base.outcome, head.outcome];
  if (a.kind === 'returned' && b.kind === 'returned') return a.value === b.value ? undefined : 'value';
  if (a.kind === 'returned' && b.kind === 'raised') return 'raises';
  if (a.kind === 'raised' && b.kind === 'returned') return 'stops raising';
  if (a.kind !== 'raised' || b.kind !== 'raised') return undefined;
  if (a.type !== b.type) return 'exception';
  return raised.has(a.type) && a.message !== b.message ? 'message' : undefined;
}

function differenceOfEffects(base: CallRecord, head: CallRecord): DifferenceKind | undefined {
  const changed = base.after.some(([, text], index) => head.after[index]?.[1] !== text);
  if (changed || base.after.length !== head.after.length) return 'argument';
  if (base.stdout !== head.stdout) return 'stdout';
  return base.shares.join('\n') === head.shares.join('\n') ? undefined : 'sharing';
}

/** Whether two runs of the same call on the same version did the same. */
export function sameRecord(a: CallRecord, b: CallRecord): boolean {
  return (
    JSON.stringify([a.outcome, a.after, a.shares, a.stdout]) ===
    JSON.stringify([b.outcome, b.after, b.shares, b.stdout])
  );
}
