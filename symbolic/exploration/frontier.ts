import type { ExploredPath } from './path.ts';

/** A decision of a path that was run, whose other side may not have been. */
export interface OpenDecision {
  readonly path: ExploredPath;
  readonly at: number;
}

/** Open decisions in the order in which they are tried. */
export class Frontier {
  readonly #deepestFirst: boolean;
  /** Depth → decisions at it, as they came. */
  readonly #byDepth: OpenDecision[][] = [];
  #size = 0;
  #shallowest = 0;

  constructor(deepestFirst: boolean) {
    this.#deepestFirst = deepestFirst;
  }

  get size(): number {
    return this.#size;
  }

  add(open: OpenDecision): void {
    while (this.#byDepth.length <= open.at) this.#byDepth.push([]);
    this.#byDepth[open.at]?.push(open);
    this.#shallowest = Math.min(this.#shallowest, open.at);
    this.#size += 1;
  }

  take(): OpenDecision | undefined {
    if (this.#size === 0) return undefined;
    this.#size -= 1;
    return this.#deepestFirst ? this.#takeDeepest() : this.#takeShallowest();
  }

  #takeDeepest(): OpenDecision | undefined {
    while (this.#byDepth.at(-1)?.length === 0) this.#byDepth.pop();
    return this.#byDepth.at(-1)?.pop();
  }

  #takeShallowest(): OpenDecision | undefined {
    while (this.#byDepth[this.#shallowest]?.length === 0) this.#shallowest += 1;
    return this.#byDepth[this.#shallowest]?.shift();
  }
}
