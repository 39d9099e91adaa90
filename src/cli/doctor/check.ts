/** One thing that the doctor looked at. `ok` is null for what is only told. */
export interface Finding {
  readonly name: string;
  readonly ok: boolean | null;
  readonly detail: string;
  /** What to do about it, where it is not right. */
  readonly fix?: string;
}

export type Check = () => Finding | Promise<Finding>;
