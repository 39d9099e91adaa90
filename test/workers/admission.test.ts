import { describe, expect, it } from 'vitest';
import { Admission } from '../../workers/admission.ts';

const settled = async (promise: Promise<unknown>): Promise<string> => {
  const pending = Symbol('pending');
  try {
    return (await Promise.race([promise, Promise.resolve(pending).then((p) => p)])) === pending ? 'waits' : 'in';
  } catch {
    return 'refused';
  }
};

describe('admission', () => {
  it('lets its places be taken, then has others wait in order', async () => {
    const admission = new Admission(2, 2);
    await admission.enter();
    await admission.enter();
    const order: number[] = [];
    const third = admission.enter().then(() => order.push(3));
    const fourth = admission.enter().then(() => order.push(4));
    expect([admission.running, admission.waiting]).toEqual([2, 2]);
    admission.leave();
    await third;
    expect([order, admission.running, admission.waiting]).toEqual([[3], 2, 1]);
    admission.leave();
    await fourth;
    expect(order).toEqual([3, 4]);
    admission.leave();
    admission.leave();
    expect([admission.running, admission.waiting]).toEqual([0, 0]);
  });

  it('lets some of those that wait in early, as long as turns are short', async () => {
    const admission = new Admission(1, 4, 2);
    await Promise.all([admission.enter(), admission.enter(), admission.enter()]);
    expect([admission.running, admission.waiting]).toEqual([3, 0]);
    const waiting = [admission.enter(), admission.enter()];
    await expect(admission.enter()).rejects.toMatchObject({ code: 'queue-full' });
    // A long turn: whoever is inside stays, and nobody else comes in before there is a place.
    admission.leave(10_000);
    admission.leave(1);
    expect([admission.running, admission.waiting]).toEqual([1, 2]);
    admission.leave(1);
    await waiting[0];
    expect([admission.running, admission.waiting]).toEqual([1, 1]);
    const turns = Array.from({ length: 60 }, () => {
      const entered = admission.enter();
      admission.leave(1);
      return entered;
    });
    await Promise.all([waiting[1], ...turns]);
    expect(admission.running).toBeGreaterThan(1);
  });

  it('refuses who would wait too long', async () => {
    const admission = new Admission(1, 1);
    await admission.enter();
    const waiting = admission.enter();
    await expect(admission.enter()).rejects.toMatchObject({ code: 'queue-full', retryAfterSeconds: 1 });
    admission.leave();
    await waiting;
  });

  it('forgets who gives up while waiting', async () => {
    const admission = new Admission(1, 5);
    await admission.enter();
    const abort = new AbortController();
    const gone = admission.enter({ signal: abort.signal });
    const next = admission.enter();
    abort.abort(new Error('gone'));
    await expect(gone).rejects.toThrow('gone');
    expect(admission.waiting).toBe(1);
    admission.leave();
    await next;
    expect(admission.running).toBe(1);
  });

  it('does not take who has given up already, nor a place back from who gives up later', async () => {
    const admission = new Admission(1, 5);
    await expect(admission.enter({ signal: AbortSignal.abort(new Error('before')) })).rejects.toThrow('before');
    const abort = new AbortController();
    await admission.enter({ signal: abort.signal });
    abort.abort();
    expect(admission.running).toBe(1);
  });

  it('finishes what it took before it closes', async () => {
    const admission = new Admission(1, 5);
    await admission.enter();
    const waiting = admission.enter();
    let closed = false;
    const closing = admission.close().then(() => {
      closed = true;
    });
    await expect(admission.enter()).rejects.toMatchObject({ code: 'shutting-down' });
    expect(await settled(waiting)).toBe('waits');
    admission.leave();
    await waiting;
    expect(closed).toBe(false);
    admission.leave();
    await closing;
    expect(closed).toBe(true);
  });

  it('closes at once when nobody is in', async () => {
    await new Admission(1, 1).close();
  });

  it('callers take turns, however much one of them asks for', async () => {
    const admission = new Admission(1, 100);
    await admission.enter();
    const order: string[] = [];
    const ask = (caller: string) => admission.enter({ caller }).then(() => order.push(caller));
    const all = [...'aaaaaa', 'b', 'c', 'b'].map(ask);
    for (let left = all.length; left > 0; left--) {
      admission.leave();
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
    await Promise.all(all);
    expect(order.join('')).toBe('abcabaaaa');
    expect(admission.waiting).toBe(0);
  });

  it('a full queue is that of one caller', async () => {
    const admission = new Admission(1, 1);
    await admission.enter();
    const first = admission.enter({ caller: 'a' });
    await expect(admission.enter({ caller: 'a' })).rejects.toMatchObject({ code: 'queue-full' });
    const other = admission.enter({ caller: 'b' });
    admission.leave();
    await first;
    admission.leave();
    await other;
  });

  it('who is patient waits behind a full queue, but not forever', async () => {
    const admission = new Admission(1, 1);
    await admission.enter();
    const waiting = admission.enter();
    const patient = admission.enter({ patienceMs: 60_000 });
    await expect(admission.enter({ patienceMs: 10 })).rejects.toMatchObject({ code: 'queue-full' });
    expect(admission.waiting).toBe(2);
    admission.leave();
    await waiting;
    admission.leave();
    await patient;
    expect([admission.running, admission.waiting]).toEqual([1, 0]);
  });

  it('all callers together are bounded too', async () => {
    const admission = new Admission(1, 1);
    await admission.enter();
    const all = Array.from({ length: 17 }, (_, index) =>
      admission.enter({ caller: String(index), patienceMs: 60_000 }),
    );
    await expect(all.at(-1)).rejects.toMatchObject({ code: 'queue-full' });
    expect(admission.waiting).toBe(16);
    for (const one of all.slice(0, -1)) {
      admission.leave();
      await one;
    }
  });
});
