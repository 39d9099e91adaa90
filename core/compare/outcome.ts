import type { ClaimedFrame } from '../frame.ts';
import type { ClaimedTrace, Trace } from '../trace.ts';
import { lastException } from './scope.ts';
import { sameRepr } from './value.ts';

/** Whether the claim's last frames state the result of the entry, and it is the true one. */
export function claimsOutcome(claim: ClaimedTrace, truth: Trace): boolean {
  if (!claim.ended || claim.fault !== undefined || !leavesEntry(claim.frames)) return false;
  const last = claim.frames.at(-1);
  if (last?.arg === undefined) return false;
  const { outcome } = truth;
  switch (outcome.kind) {
    case 'returned':
      return last.events.includes('return') && sameRepr(last.arg, outcome.value);
    case 'raised': {
      const raised = lastException(truth.frames)?.arg;
      const claimed = last.arg === 'None' ? claim.frames.at(-2) : last;
      if (raised === undefined || claimed?.arg === undefined) return false;
      return claimed.events.includes('exception') && sameRepr(claimed.arg, raised);
    }
    case 'halted':
      return false;
  }
}

/**
 * Whether the claim leaves the entry with its last frame, as far as its events are certain: every claimed call is returned
 * from, and nothing comes behind the return from the first.
 */
function leavesEntry(frames: readonly ClaimedFrame[]): boolean {
  let open = 0;
  let last: string | undefined;
  for (const [index, { events }] of frames.entries()) {
    const [event, ambiguous] = events;
    if (ambiguous !== undefined) return true;
    if (event === 'call') open += 1;
    if (event === 'return') open -= 1;
    if (event === 'return' && open <= 0 && index < frames.length - 1) return false;
    last = event;
  }
  return open <= (last === 'exception' ? 1 : 0);
}
