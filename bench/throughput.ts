import type { Measured, Runner, Units } from './scenario.ts';
import type { Item } from './workload.ts';

/** Something that answers programs, and whose speed is wanted. */
export interface Contestant extends AsyncDisposable {
  /** Answers each program once. @throws Error where an answer is wrong */
  pass(sample: readonly Item[]): Promise<void>;
  /** Processor time so far, of all processes that take part, in milliseconds; null where it cannot be told. */
  processorMs(): number | null;
}

export const THROUGHPUT_UNITS: Units = { rate: 'traces/s', processor: 'ms/trace' };

/** Repeats whole passes until the time is over. */
export function throughput(contestant: Contestant): Runner {
  return {
    async round(sample, seconds): Promise<Measured> {
      const processorBefore = contestant.processorMs();
      const start = performance.now();
      let traces = 0;
      let ms = 0;
      while (ms < seconds * 1000) {
        await contestant.pass(sample);
        traces += sample.length;
        ms = performance.now() - start;
      }
      const processorAfter = contestant.processorMs();
      return {
        rate: (traces / ms) * 1000,
        ...(processorBefore !== null &&
          processorAfter !== null && { processor: (processorAfter - processorBefore) / traces }),
      };
    },
    [Symbol.asyncDispose]: () => contestant[Symbol.asyncDispose](),
  };
}
