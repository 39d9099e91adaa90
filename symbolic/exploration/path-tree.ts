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

interface Node<S> {
  readonly ref: TermRef;
  /** The step of the run that came here first. */
  readonly first: S;
  sides: { true: Side<S>; false: Side<S> };
}
type Side<S> = Node<S> | 'end' | Verdict | 'left-out';

const NEITHER = 'open';

/** The paths that were run, as a tree of their decisions. */
export class PathTree<S extends Step = Step> {
  #root: Side<S> = NEITHER;
  #ends = 0;

  /** Different paths in the tree. */
  get paths(): number {
    return this.#ends;
  }

  /**
   * A run's way with the conditions that other runs came to at the same place. What a rule asks may depend on the value at
   * hand, such as how many digits a number has: then runs that differ there have no condition in common, but each input
   * decides the others' conditions too.
   *
   * @param decide the step as this run would take it, or undefined where its condition has no value
   */
  align(steps: readonly S[], decide: (first: S) => S | undefined): S[] {
    const way: S[] = [];
    const taken = new Set<TermRef>();
    let side = this.#root;
    const go = (step: S): void => {
      way.push(step);
      taken.add(step.ref);
      if (typeof side !== 'string') side = side.sides[step.taken ? 'true' : 'false'];
    };
    for (const step of steps) {
      while (typeof side !== 'string' && side.ref !== step.ref && !taken.has(step.ref)) {
        const decided = decide(side.first);
        if (decided === undefined) return [...way, ...steps.filter(({ ref }) => !taken.has(ref))];
        go(decided);
      }
      if (!taken.has(step.ref)) go(step);
    }
    while (typeof side !== 'string') {
      const decided = decide(side.first);
      if (decided === undefined) return way;
      go(decided);
    }
    return way;
  }

  /**
   * Adds a run's way.
   *
   * @returns `known` where this way was in the tree before; `apart` where a run came to another condition, or ended
   *   elsewhere, after the same decisions: then something that is no term decides, and the tree cannot be complete
   */
  insert(steps: readonly S[]): 'new' | 'known' | 'apart' {
    let side = this.#root;
    let put = (next: Side<S>): void => {
      this.#root = next;
    };
    for (const step of steps) {
      if (side === 'end') return 'apart';
      let node: Node<S>;
      if (typeof side === 'string') {
        node = { ref: step.ref, first: step, sides: { true: NEITHER, false: NEITHER } };
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
