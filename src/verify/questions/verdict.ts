import type { InconclusiveReason, Proof, Witness } from '../../../core/verdict.ts';
import type { Gap } from '../../../symbolic/exploration/gap.ts';
import type { Coverage } from '../../../symbolic/exploration/path.ts';
import type { QuestionAnswer } from '../../../symbolic/questions/answer.ts';
import type { WitnessRun } from '../../../symbolic/questions/subject.ts';
import type { RecordedSolver } from '../../../symbolic/solver/recorded.ts';
import { inconclusive, type Judgement, plain } from '../judgement.ts';

/** SMT-LIB text of a proof that goes into an answer, in characters. */
const LONGEST_SMTLIB = 200_000;

const REASONS: Readonly<Record<Gap['reason'], InconclusiveReason>> = {
  'solver-unknown': 'solver-unknown',
  budget: 'budget',
  unsupported: 'unsupported',
  bounded: 'bounded',
};

export function witnessOf(witness: WitnessRun | null): Witness | null {
  if (witness === null) return null;
  const { call, expected, observed, other } = witness;
  return { call, expected, observed, other };
}

/** The queries that were decided, so that anybody's solver can decide them again. */
export function proofOf(coverage: Coverage, recorded: RecordedSolver): Proof {
  return {
    bounds: [...coverage.bounds],
    restrictions: [...coverage.restrictions],
    paths: coverage.paths,
    complete: coverage.exhausted,
    certificate: null,
    smtlib: smtlibOf(recorded),
  };
}

/** One text of all queries, each with the answer that it had. What does not fit is left out. */
export function smtlibOf(recorded: RecordedSolver): string {
  const texts: string[] = [];
  let room = LONGEST_SMTLIB;
  for (const { smt, status } of recorded.records) {
    const text = `; expected: ${status}\n${smt}`;
    if (text.length > room) break;
    room -= text.length;
    texts.push(text);
  }
  return texts.join('(reset)\n');
}

/**
 * Judges a claim that something holds for all inputs.
 *
 * @param bounded whether what holds only within bounds counts as verified
 */
export function judgeForAll(answer: QuestionAnswer, bounded: 'reject' | 'accept', recorded: RecordedSolver): Judgement {
  const { decision, message, coverage, gaps } = answer;
  const proof = coverage === null ? null : proofOf(coverage, recorded);
  const rest = { witness: witnessOf(answer.witness), proof };
  switch (decision) {
    case 'holds':
      return plain('verified', message, rest);
    case 'fails':
      return plain('refuted', message, rest);
    case 'bounded':
      return bounded === 'accept' ? plain('verified', message, rest) : inconclusive('bounded', message, rest);
    case 'vacuous':
      return inconclusive('vacuous', message, rest);
    case 'unknown':
      return inconclusive(REASONS[gaps[0]?.reason ?? 'solver-unknown'], message, rest);
  }
}

/** Judges a claim that something is possible, of which an answer says that it holds for no input. */
export function judgeImpossible(answer: QuestionAnswer, recorded: RecordedSolver): Judgement {
  const judgement = judgeForAll(answer, 'reject', recorded);
  return judgement.status === 'verified' ? { ...judgement, status: 'refuted' } : judgement;
}
