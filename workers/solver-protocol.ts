import type { Query, SolverAnswer } from '../symbolic/solver/solver.ts';

/** What a solver's thread gets once, at its start. */
export interface SolverThreadData {
  /** After so many queries it is replaced. */
  readonly queries: number;
}

/** What the pool asks of a solver's thread. */
export interface SolverTask {
  readonly query: Query;
  /** `CheckOptions.rlimit`. */
  readonly rlimit: number;
  /** `CONTROL` words of `protocol.ts`. */
  readonly control: Int32Array;
}

/** What the thread answers. */
export type SolverReply =
  | {
      readonly kind: 'answered';
      readonly answer: SolverAnswer;
      /** The thread must not be used again: Z3 broke in it, or it has answered enough. */
      readonly retires: boolean;
      /** It broke, but had answered before: the query may do in a new thread. */
      readonly aged: boolean;
      readonly threadId: number;
    }
  /** The query is none; the message of a `TermError`, which would lose its class on the way. */
  | { readonly kind: 'refused'; readonly message: string };
