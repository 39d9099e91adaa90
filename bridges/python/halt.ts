import type { Halt } from '../../core/trace.ts';

/**
 * Thrown by the host from inside a callback to end a run at once. It unwinds through WebAssembly, so no `except` of the
 * program can hold it; the interpreter must be restored before it is used again.
 */
export class RunHalted {
  readonly reason: Halt;
  readonly detail: string;

  constructor(reason: Halt, detail: string) {
    this.reason = reason;
    this.detail = detail;
  }
}
