import type { Divergence, DivergenceKind, VariableDifference } from '../divergence.ts';
import { familyOf } from '../divergence.ts';
import type { Frame } from '../frame.ts';

/** How a claim that is no whole trace stands to the true run. */
export interface ClaimComparison {
  /**
   * `platform`: the claim differs, and only the replay's 32-bit platform can explain it. `unfinished`: nothing that was
   * seen differs, but the true run was stopped before it could tell.
   */
  readonly result: 'agrees' | 'differs' | 'unfinished' | 'platform';
  /** The first thing that differs; null where nothing does. */
  readonly divergence: Divergence | null;
  /** Things that the claim says: states, lines, or parts of an output. */
  readonly checked: number;
  /** Those of them that hold. */
  readonly matched: number;
  /** The comparison in a sentence. */
  readonly message: string;
}

/** What a divergence of such a claim says; the rest follows from its kind. */
export interface ClaimDivergence {
  readonly kind: DivergenceKind;
  /** Index of the claimed thing that does not hold. */
  readonly index: number;
  /** The true frame that it was compared with. */
  readonly at?: Frame | undefined;
  readonly variables?: readonly VariableDifference[];
  readonly predicted?: string | null;
  readonly observed?: string | null;
  readonly message: string;
}

export function claimDivergence({
  kind,
  index,
  at,
  variables,
  predicted,
  observed,
  message,
}: ClaimDivergence): Divergence {
  return {
    frame: index,
    line: at?.line ?? null,
    function: at?.function ?? null,
    kind,
    family: familyOf(kind),
    variables: [...(variables ?? [])],
    predicted: predicted ?? null,
    observed: observed ?? null,
    span: null,
    message,
  };
}
