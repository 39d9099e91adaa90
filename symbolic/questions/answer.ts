import type { Gap, Gaps } from '../exploration/gap.ts';
import type { Coverage } from '../exploration/path.ts';
import type { WitnessRun } from './subject.ts';

/** What a question about all inputs comes to. */
export interface QuestionAnswer {
  /**
   * `holds`: for all inputs. `bounded`: for all that were looked at, see the coverage's bounds and restrictions. `fails`:
   * not for the witness, which was replayed. `vacuous`: no input meets the precondition. `unknown`: see the message.
   */
  readonly decision: 'holds' | 'bounded' | 'fails' | 'vacuous' | 'unknown';
  readonly message: string;
  readonly witness: WitnessRun | null;
  readonly coverage: Coverage | null;
  /** What was not settled, where the decision is `unknown`. */
  readonly gaps: readonly Gap[];
}

export function fails(witness: WitnessRun, message: string): QuestionAnswer {
  return { decision: 'fails', message, witness, coverage: null, gaps: [] };
}

/**
 * The answer where no witness was found.
 *
 * @param doubts what was not settled besides what the coverage says
 */
export function withoutWitness(coverage: Coverage, doubts: Gaps, claim: string): QuestionAnswer {
  const gaps = [...doubts.first, ...coverage.gaps];
  const rest = { witness: null, coverage, gaps };
  if (gaps.length > 0) return { ...rest, decision: 'unknown', message: `not settled: ${inWords(gaps)}` };
  if (coverage.vacuous) {
    return { ...rest, decision: 'vacuous', message: 'no input that was looked at meets the precondition' };
  }
  const limits = [...coverage.bounds, ...coverage.restrictions];
  if (limits.length > 0) return { ...rest, decision: 'bounded', message: `${claim} within ${limits.join(', ')}` };
  const paths = coverage.paths === 1 ? 'one path' : `${coverage.paths} paths`;
  return { ...rest, decision: 'holds', message: `${claim}: all inputs were looked at, on ${paths}` };
}

/** The first of some gaps as text. */
export function inWords(gaps: readonly Gap[]): string {
  const shown = gaps.slice(0, 3).map(({ message }) => message);
  return [...shown, ...(gaps.length > shown.length ? [`and ${gaps.length - shown.length} more`] : [])].join('; ');
}
