import { describe, expect, it } from 'vitest';
import { encodeTrace } from '../../bridges/python/codec.ts';
import type { Frame } from '../../core/frame.ts';
import { type Halt, haltedTrace } from '../../core/trace.ts';
import type { TaskEnd } from '../../workers/task-runner.ts';
import { WatchedRun } from '../../workers/watched-run.ts';

const FRAME: Frame = { event: 'line', line: 1, function: 'f', scope: 0, depth: 0, locals: new Map([['a', '1']]) };

/** A run with two frames, of which one was seen when it was stopped; what it then came to. */
function finished(end: Halt | 'ended', isEnough: boolean) {
  const run = new WatchedRun('a = {1}\n', () => isEnough);
  run.take(encodeTrace(haltedTrace('time', '', [FRAME])));
  expect(run.enough?.aborted).toBe(isEnough);
  const answer = { kind: 'replayed', blocks: 1, runMs: 1, resetMs: 1, retires: false, threadId: 1 } as const;
  const last: TaskEnd =
    end === 'ended'
      ? { kind: 'ended', reason: 'time', detail: '', ms: 1 }
      : { kind: 'answered', answer: { ...answer, body: encodeTrace(haltedTrace(end, '', [FRAME])) } };
  const { frames, outcome, platform } = run.finish(last);
  return { frames: [...frames].length, reason: outcome.kind === 'halted' ? outcome.reason : null, sets: platform.sets };
}

describe('a run of which enough was seen', () => {
  it('is one that was stopped for that, whether its thread ended it or had to be ended', () => {
    expect(finished('time', true)).toMatchObject({ frames: 2, reason: 'divergence' });
    expect(finished('ended', true)).toEqual({ frames: 1, reason: 'divergence', sets: true });
  });

  it.each<Halt>(['tampered', 'platform', 'memory', 'steps'])(
    'is none where it ended for another reason: %s',
    (reason) => {
      expect(finished(reason, true)).toMatchObject({ frames: 2, reason });
    },
  );

  it('is none where not enough was seen', () => {
    expect(finished('time', false)).toMatchObject({ frames: 2, reason: 'time' });
    expect(finished('ended', false)).toEqual({ frames: 0, reason: 'time', sets: false });
  });
});
