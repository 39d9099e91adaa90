import type { SmtRef, SmtRows } from './rows.ts';

/** Widest number that is taken apart into bits. */
export const MAX_WIDTH = 512;

/** `&` of integers in two's complement of unlimited width. */
export class BitEncoder {
  readonly #rows: SmtRows;
  readonly #facts: SmtRef[];
  readonly #bits = new Map<string, readonly SmtRef[]>();

  /** @param facts takes what ties bits to their number */
  constructor(rows: SmtRows, facts: SmtRef[]) {
    this.#rows = rows;
    this.#facts = facts;
  }

  /** `x & mask`, exact for every x; undefined where the mask has more runs of ones than are written out. */
  withMask(x: SmtRef, mask: bigint): SmtRef | undefined {
    const runs = runsOfOnes(mask < 0n ? ~mask : mask);
    if (runs === undefined) return undefined;
    const kept = this.#rows.sum(runs.map((run) => this.#run(x, run)));
    return mask < 0n ? this.#rows.operation('-', x, kept) : kept;
  }

  /** The bits of x from `low` on, `length` of them, at their places: `x // 2**low % 2**length * 2**low`. */
  #run(x: SmtRef, { low, length }: Run): SmtRef {
    const rows = this.#rows;
    const shifted = low === 0 ? x : rows.operation('div', x, rows.int(1n << BigInt(low)));
    const cut = rows.operation('mod', shifted, rows.int(1n << BigInt(length)));
    return low === 0 ? cut : rows.operation('*', rows.int(1n << BigInt(low)), cut);
  }

  /** `x & y` of numbers that fit into `width` bits in two's complement; it is a fact from then on that they do. */
  within(x: SmtRef, y: SmtRef, width: number): SmtRef {
    if (y < x) return this.within(y, x, width);
    const [left, right] = [this.#bitsOf(x, width), this.#bitsOf(y, width)];
    const both = this.#number(left.map((bit, at) => this.#rows.operation('and', bit, right[at] ?? bit)));
    this.#facts.push(...this.#bounds(x, y, both));
    return both;
  }

  /** What follows about `x & y` from the signs. The bits say it too, but a solver would have to try them out. */
  #bounds(x: SmtRef, y: SmtRef, both: SmtRef): SmtRef[] {
    const rows = this.#rows;
    const zero = rows.int(0);
    const [left, right] = [rows.operation('<=', zero, x), rows.operation('<=', zero, y)];
    return [
      rows.operation('=', rows.operation('or', left, right), rows.operation('<=', zero, both)),
      rows.operation('or', rows.operation('and', right, rows.operation('not', left)), rows.operation('<=', both, x)),
      rows.operation('or', rows.operation('and', left, rows.operation('not', right)), rows.operation('<=', both, y)),
    ];
  }

  #bitsOf(x: SmtRef, width: number): readonly SmtRef[] {
    const key = `${x} ${width}`;
    const known = this.#bits.get(key);
    if (known !== undefined) return known;
    const bits = Array.from({ length: width }, () => this.#rows.fresh('b', 'bool'));
    this.#bits.set(key, bits);
    this.#facts.push(this.#rows.operation('=', x, this.#number(bits)));
    return bits;
  }

  /** The number of these bits, the lowest first; the highest is the sign. */
  #number(bits: readonly SmtRef[]): SmtRef {
    const rows = this.#rows;
    const zero = rows.int(0);
    return rows.sum(
      bits.map((bit, at) => {
        const weight = 1n << BigInt(at);
        return rows.operation('ite', bit, rows.int(at === bits.length - 1 ? -weight : weight), zero);
      }),
    );
  }
}

interface Run {
  readonly low: number;
  readonly length: number;
}

const MAX_RUNS = 64;

/** The runs of ones of a number that is not negative, the lowest first. */
function runsOfOnes(mask: bigint): readonly Run[] | undefined {
  const digits = mask === 0n ? '' : mask.toString(2);
  const runs = Array.from(digits.matchAll(/1+/g), ({ 0: ones, index }) => ({
    low: digits.length - index - ones.length,
    length: ones.length,
  }));
  return runs.length > MAX_RUNS ? undefined : runs.reverse();
}
