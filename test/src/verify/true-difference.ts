import type { DivergenceKind } from '../../../core/divergence.ts';
import type { ClaimView } from './claim-views.ts';
import type { PlainFrame } from './mutations.ts';

/** Where two traces first differ. */
export interface FirstDifference {
  readonly frame: number;
  readonly kind: DivergenceKind;
}

/** How one claimed frame differs from a true one, told by nothing but equality; null where it does not. */
type Differ = (said: PlainFrame, actual: PlainFrame) => DivergenceKind | null;

/**
 * Where a claimed trace first differs from the true one, as far as its format tells; null where it does not. A claim may
 * leave out calls that a line makes. A call with no more than its true return behind it leaves out its own inside: that
 * is `short`, if nothing else differs.
 */
export function firstDifference(
  claimed: readonly PlainFrame[],
  truth: readonly PlainFrame[],
  lines: readonly string[],
  view: ClaimView,
): FirstDifference | null {
  const differ = differIn(lines, view);
  let hollow: FirstDifference | undefined;
  let next = 0;
  for (const [frame, said] of claimed.entries()) {
    const actual = truth[next];
    if (actual === undefined) return { frame, kind: 'extra' };
    const kind = differ(said, actual);
    if (kind !== null) {
      const before = truth[next - 1]?.event;
      const over = before === 'call' ? endOfCall(truth, next - 1) : before === 'line' ? behindCalls(truth, next) : next;
      const target = over > next ? truth[over] : undefined;
      if (target === undefined || differ(said, target) !== null) return { frame, kind };
      if (before === 'call') hollow ??= { frame, kind: 'short' };
      next = over;
    }
    next += 1;
  }
  return hollow ?? (next < truth.length ? { frame: claimed.length, kind: 'short' } : null);
}

function differIn(lines: readonly string[], view: ClaimView): Differ {
  return (said, actual) => {
    if (view.event(said) !== view.event(actual)) return 'event';
    if (view.place(said, lines) !== view.place(actual, lines)) return 'action';
    if (said.arg !== actual.arg) return 'argument';
    const [names, actualNames] = [said, actual].map(({ locals = {} }) => Object.keys(locals).sort());
    if (JSON.stringify(names) !== JSON.stringify(actualNames)) return 'keys';
    return names?.every((name) => said.locals?.[name] === actual.locals?.[name]) ? null : 'value';
  };
}

/** Index behind the calls that stand at an index, one after the other. */
function behindCalls(truth: readonly PlainFrame[], start: number): number {
  let index = start;
  while (truth[index]?.event === 'call') index = endOfCall(truth, index) + 1;
  return index;
}

/** Index of the return that ends the call at an index. */
function endOfCall(truth: readonly PlainFrame[], start: number): number {
  let open = 0;
  for (let index = start; index < truth.length; index++) {
    if (truth[index]?.event === 'call') open++;
    if (truth[index]?.event === 'return' && --open === 0) return index;
  }
  return truth.length;
}
