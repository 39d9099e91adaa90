/** A script that a trainer wants run. */
export interface Script {
  readonly source: string;
  readonly stdin: string;
  readonly files: Readonly<Record<string, string>>;
  /** What it may take, in milliseconds. */
  readonly ms: number;
  readonly memoryMb: number | undefined;
}

/** How it ended; `src/verify/script-run.ts` says what the fields mean. */
export interface ScriptEnd {
  readonly status: 'finished' | 'time' | 'resources' | 'refused';
  readonly stdout: string;
  readonly stderr: string;
  readonly exitCode: number | null;
  readonly error: { readonly type: string; readonly message: string; readonly traceback: string } | null;
  readonly ms: number;
}

/** Longest run that may be asked for, in milliseconds: the bound of a run's budget. */
const LONGEST_MS = 120_000;

/** Seconds as a budget in whole milliseconds, within what a budget may be. */
export function toBudgetMs(seconds: number): number {
  return Math.max(1, Math.min(LONGEST_MS, Math.round(seconds * 1000)));
}
