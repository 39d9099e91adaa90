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
    const gone = admission.enter(abort.signal);
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
    await expect(admission.enter(AbortSignal.abort(new Error('before')))).rejects.toThrow('before');
    const abort = new AbortController();
    await admission.enter(abort.signal);
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
});
