/** Keys that cannot be used, and what to do about it. */
export class KeyError extends Error {
  override readonly name = 'KeyError';
  readonly fix: string;

  constructor(message: string, fix: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.fix = fix;
  }
}
