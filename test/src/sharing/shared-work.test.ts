import { describe, expect, it } from 'vitest';
import { DeadlinePassed, SharedWork } from '../../../src/sharing/shared-work.ts';

/** Work that ends when the test says so. */
function controlled() {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const signals: AbortSignal[] = [];
  const work = (signal: AbortSignal) => {
    signals.push(signal);
    return promise;
  };
  return { work, resolve, reject, signals };
}

describe('SharedWork', () => {
  it('does work once for all who wait for it, and again for those who come later', async () => {
    const shared = new SharedWork<string>();
    const { work, resolve, signals } = controlled();
    const waiting = [shared.wait('a', work), shared.wait('a', work), shared.wait('b', work)];
    resolve('done');
    expect(await Promise.all(waiting)).toEqual(['done', 'done', 'done']);
    expect(signals).toHaveLength(2);
    await shared.wait('a', work);
    expect(signals).toHaveLength(3);
  });

  it('who gives up leaves the others their work; the last one ends it', async () => {
    const shared = new SharedWork<string>();
    const { work, signals } = controlled();
    const [one, other] = [new AbortController(), new AbortController()];
    const first = shared.wait('a', work, { signal: one.signal });
    const second = shared.wait('a', work, { signal: other.signal });
    one.abort(new Error('gone'));
    await expect(first).rejects.toThrow('gone');
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    other.abort(new Error('gone too'));
    await expect(second).rejects.toThrow('gone too');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  it('who comes after work was given up starts it anew', async () => {
    const shared = new SharedWork<string>();
    const { work, resolve, signals } = controlled();
    await expect(shared.wait('a', work, { deadlineMs: 5 })).rejects.toBeInstanceOf(DeadlinePassed);
    const again = shared.wait('a', work);
    resolve('done');
    expect(await again).toBe('done');
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true]);
  });

  it('a deadline is one caller’s own, and one that has passed starts nothing', async () => {
    const shared = new SharedWork<string>();
    const { work, resolve, signals } = controlled();
    await expect(shared.wait('a', work, { deadlineMs: 0 })).rejects.toBeInstanceOf(DeadlinePassed);
    expect(signals).toEqual([]);
    const patient = shared.wait('a', work, { deadlineMs: 1e12 });
    await expect(shared.wait('a', work, { deadlineMs: 5 })).rejects.toBeInstanceOf(DeadlinePassed);
    resolve('done');
    expect(await patient).toBe('done');
  });

  it('all who wait learn of a failure, and it is not remembered', async () => {
    const shared = new SharedWork<string>();
    const { work, reject } = controlled();
    const waiting = [shared.wait('a', work), shared.wait('a', work)];
    reject(new Error('lost'));
    expect((await Promise.allSettled(waiting)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(await shared.wait('a', () => Promise.resolve('done'))).toBe('done');
  });
});
