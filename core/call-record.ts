import type { Outcome } from './trace.ts';

/**
 * What one call of a session did, described from outside the interpreter: no `__repr__`, `__eq__` or other method of the
 * program takes part. Values are texts that are equal only where the values are (`bridges/python/object-text.ts`).
 */
export interface CallRecord {
  readonly outcome: Outcome;
  /** The receiver of a method (`self`) and each argument, as they are after the call. */
  readonly after: readonly (readonly [name: string, text: string])[];
  /** Which mutable parts of the result are parts of an argument, such as `result is argument 1`. */
  readonly shares: readonly string[];
  /** What the call printed, with what finalizers printed once its result was dropped. */
  readonly stdout: string;
  /** Line events of this call, with the two in which its callee and arguments are evaluated. */
  readonly steps: number;
}

/** What a session of calls did. */
export interface Session {
  /** One record a call, up to the one that the run was stopped in. */
  readonly records: readonly CallRecord[];
  /** Paths that were made or changed in the working directory and `/tmp`, sorted. */
  readonly files: readonly string[];
}
