import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ordered } from '../../../src/cli/ordered.ts';

describe('ordered', () => {
  it('keeps the order of the items and the bound, whatever takes how long', async () => {
    let underWay = 0;
    let most = 0;
    const results = ordered(
      Array.from({ length: 40 }, (_, i) => i),
      4,
      async (item) => {
        most = Math.max(most, ++underWay);
        await sleep((item * 7) % 11);
        underWay--;
        return item;
      },
    );
    expect(await Array.fromAsync(results)).toEqual(Array.from({ length: 40 }, (_, i) => i));
    expect(most).toBe(4);
  });

  it('reads no further ahead than it works', async () => {
    let read = 0;
    function* items() {
      for (;;) yield read++;
    }
    const results = ordered(items(), 3, (item) => Promise.resolve(item));
    await results.next();
    await results.return(undefined);
    expect(read).toBe(3);
  });

  it('throws a failure in its turn, also one that came while an earlier item ran', async () => {
    const results = ordered([30, 0, 30], 3, async (milliseconds) => {
      await sleep(milliseconds);
      if (milliseconds === 0) throw new Error('broken');
      return milliseconds;
    });
    expect(await results.next()).toEqual({ done: false, value: 30 });
    await expect(results.next()).rejects.toThrow('broken');
  });
});
