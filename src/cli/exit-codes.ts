/** What the process says when it ends. Nothing else is ever put into the number. */
export const EXIT = {
  /** Nothing found. */
  ok: 0,
  /** A claim is refuted, corrected or incomplete; a traced run was cut short. */
  findings: 1,
  /** Usage, configuration, a broken request, or a fault of ours. */
  failed: 2,
  /** Something is inconclusive, and `--strict` was given. */
  inconclusive: 3,
  /** A daemon was asked for and is not there. */
  unavailable: 69,
} as const;

export type ExitCode = (typeof EXIT)[keyof typeof EXIT];
