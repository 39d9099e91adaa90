import type { TermRef } from '../../core/term.ts';

/** One decision on the way of a run. */
export interface Step {
  /** The condition, in the exploration's own table: equal conditions have equal refs. */
  readonly ref: TermRef;
  readonly taken: boolean;
  /** The other side is of no interest: a precondition that held, or an assumption. */
  readonly fixed: boolean;
}

/** A side of a decision that no run has taken: the steps before it and the condition that has to come out otherwise. */
export interface Branch {
  readonly prefix: readonly Step[];
  readonly ref: TermRef;
  /** What the condition has to be. */
  readonly wanted: boolean;
}

/** What is known about the side of a decision that no run has taken. */
type Verdict = 'open' | 'infeasible' | 'unknown';

interface Node {
  readonly ref: TermRef;
  sides: { true: Side; false: Side };
}
type Side = Node | 'end' | Verdict | 'left-out';

const NEITHER: Side = 'open';

/** The paths that were run, as a tree of their decisions. */
export class PathTree {
  #root: Side = NEITHER;
  #ends = 0;

  /** Different paths in the tree. */
  get paths(): number {
    return this.#ends;
  }

  /**
   * Adds a run's way.
   *
   * @returns `known` where this way was in the tree before; `apart` where a run came to another condition, or ended
   *   elsewhere, after the same decisions: then something that is no term decides, and the tree cannot be complete
   */
  insert(steps: readonly Step[]): 'new' | 'known' | 'apart' {
    let side = this.#root;
    let put = (next: Side): void => {
      this.#root = next;
    };
    for (const step of steps) {
      if (side === 'end') return 'apart';
      let node: Node;
      if (typeof side === 'string') {
        node = { ref: step.ref, sides: { true: NEITHER, false: NEITHER } };
        put(node);
      } else {
        node = side;
      }
      if (node.ref !== step.ref) return 'apart';
      const [taken, other] = step.taken ? (['true', 'false'] as const) : (['false', 'true'] as const);
      if (step.fixed && node.sides[other] === 'open') node.sides[other] = 'left-out';
      side = node.sides[taken];
      put = (next) => {
        node.sides[taken] = next;
      };
    }
    if (side === 'end') return 'known';
    if (typeof side !== 'string') return 'apart';
    put('end');
    this.#ends += 1;
    return 'new';
  }

  /** Whether the branch is still open: later runs may have taken it. */
  isOpen({ prefix, ref, wanted }: Branch): boolean {
    let side = this.#root;
    for (const step of [...prefix, { ref, taken: wanted }]) {
      if (typeof side === 'string' || side.ref !== step.ref) return false;
      side = side.sides[step.taken ? 'true' : 'false'];
    }
    return side === 'open';
  }

  /** Says what the solver found out about a branch. */
  close({ prefix, ref, wanted }: Branch, verdict: 'infeasible' | 'unknown'): void {
    let side = this.#root;
    for (const step of prefix) {
      if (typeof side === 'string') return;
      side = side.sides[step.taken ? 'true' : 'false'];
    }
    if (typeof side === 'string' || side.ref !== ref) return;
    side.sides[wanted ? 'true' : 'false'] = verdict;
  }
}
