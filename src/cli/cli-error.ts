import type { ExitCode } from './exit-codes.ts';
import { EXIT } from './exit-codes.ts';

/** An error that the user can mend. Printed without a stack: what and where, then how to fix it as the last line. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly fix: string | undefined;
  readonly exitCode: ExitCode;

  constructor(message: string, fix?: string, exitCode: ExitCode = EXIT.failed, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.fix = fix;
    this.exitCode = exitCode;
  }
}
