import type { Outcome } from '../../core/trace.ts';
import type { Output } from '../../core/verdict.ts';

/** How a run ended, for an answer; null where it was stopped. */
export function outputOf(outcome: Outcome): Output | null {
  switch (outcome.kind) {
    case 'returned':
      return { returns: outcome.value };
    case 'raised':
      return { raises: outcome.type, message: outcome.message };
    case 'halted':
      return null;
  }
}
