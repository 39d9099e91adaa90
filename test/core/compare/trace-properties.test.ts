import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scoreTrace } from '../../../core/compare/score.ts';
import { compareTraces } from '../../../core/compare/trace.ts';
import { Divergence } from '../../../core/divergence.ts';
import type { ClaimedFrame } from '../../../core/frame.ts';
import { EVENTS } from '../../../core/frame.ts';
import { Metrics } from '../../../core/metrics.ts';
import type { ClaimedTrace } from '../../../core/trace.ts';
import type { Run } from './runs.ts';
import { claimOf, distinctRuns, runs } from './runs.ts';

const spellings = fc.record({ unchanged: fc.boolean(), stripped: fc.boolean() });
const places = fc.nat({ max: 1_000_000 });

/** A claim with one change at `index`, which a naive position by position reading finds at `first`. */
interface Mutation {
  readonly frames: readonly ClaimedFrame[];
  readonly first: number;
}

function changed(frames: readonly ClaimedFrame[], index: number, change: Partial<ClaimedFrame>): Mutation {
  return { frames: frames.map((frame, at) => (at === index ? { ...frame, ...change } : frame)), first: index };
}

function withOtherValue(frames: readonly ClaimedFrame[], index: number): Mutation {
  const frame = frames[index];
  if (frame?.locals === undefined) return changed(frames, index, { arg: "'another'" });
  const name = [...frame.locals.keys()].at(-1) ?? 'new';
  return changed(frames, index, { locals: new Map([...frame.locals, [name, "'another'"]]) });
}

function withOtherLine(frames: readonly ClaimedFrame[], index: number): Mutation {
  return changed(frames, index, { source: '    elsewhere()' });
}

function withOtherEvent(frames: readonly ClaimedFrame[], index: number): Mutation {
  const others = EVENTS.filter((event) => !frames[index]?.events.includes(event));
  return changed(frames, index, { events: others.slice(index % others.length).slice(0, 1) });
}

function rearranged(before: readonly ClaimedFrame[], after: readonly ClaimedFrame[]): Mutation {
  const same = before.findIndex((frame, index) => !isSame(frame, after[index]));
  return { frames: after, first: same < 0 ? before.length : same };
}

function isSame(one: ClaimedFrame, other: ClaimedFrame | undefined): boolean {
  const plain = (frame: ClaimedFrame | undefined) => JSON.stringify([frame, [...(frame?.locals ?? [])]]);
  return plain(one) === plain(other);
}

const MUTATIONS: readonly (readonly [string, (frames: readonly ClaimedFrame[], index: number) => Mutation])[] = [
  ['a value changed', withOtherValue],
  ['a line changed', withOtherLine],
  ['an event changed', withOtherEvent],
  ['a frame dropped', (frames, index) => rearranged(frames, frames.toSpliced(index, 1))],
  [
    'a frame doubled',
    (frames, index) => rearranged(frames, frames.toSpliced(index, 0, ...frames.slice(index, index + 1))),
  ],
  ['the end cut off', (frames, index) => rearranged(frames, frames.slice(0, index))],
];

function scored(claim: ClaimedTrace, { truth, lines }: Run) {
  const comparison = compareTraces(claim, truth, lines);
  return { comparison, metrics: scoreTrace(claim, truth, comparison, 0.5) };
}

describe('a claim made from the true run', () => {
  it('agrees, however it is spelled, and has every metric at 1', () => {
    return fc.assert(
      fc.property(runs, spellings, (run, spelling) => {
        const { comparison, metrics } = scored(claimOf(run.truth.frames, run.lines, spelling), run);
        expect(comparison).toMatchObject({ result: 'agrees', divergence: null, steppedOver: 0 });
        expect(comparison.matched).toBe(run.truth.frames.length);
        const { frames_claimed, frames_true, frames_matched, ...shares } = metrics;
        expect(new Set(Object.values(shares))).toEqual(new Set([1]));
      }),
    );
  });

  it('agrees where it leaves out all frames of the calls of one line, and says how many', () => {
    return fc.assert(
      fc.property(runs, fc.boolean(), places, (run, unchanged, place) => {
        const { frames } = run.truth;
        const lines = frames.flatMap((frame, index) =>
          frame.event === 'line' && frames[index + 1]?.event === 'call' ? [index] : [],
        );
        fc.pre(lines.length > 0);
        const at = lines[place % lines.length] ?? 0;
        const next = frames.findIndex((frame, index) => index > at && frame.scope === frames[at]?.scope);
        const claim = claimOf(frames.toSpliced(at + 1, next - at - 1), run.lines, { unchanged });
        const { comparison, metrics } = scored(claim, run);
        expect(comparison).toMatchObject({ result: 'agrees', divergence: null, steppedOver: next - at - 1 });
        expect(metrics.prefix).toBe(1);
      }),
    );
  });
});

describe.each(MUTATIONS)('%s', (_, mutate) => {
  it('never agrees, and the divergence names the first frame that differs', () => {
    return fc.assert(
      fc.property(distinctRuns, places, (run, place) => {
        const { frames } = claimOf(run.truth.frames, run.lines);
        const mutation = mutate(frames, place % frames.length);
        const { comparison } = scored({ frames: mutation.frames, ended: true }, run);
        expect(comparison.result).toMatch(/^(differs|incomplete)$/);
        expect(comparison.divergence?.frame).toBe(mutation.first);
        expect(comparison.matched).toBe(mutation.first);
      }),
      { numRuns: 500 },
    );
  });

  it('never agrees in another spelling, and every metric stays within its range', () => {
    return fc.assert(
      fc.property(runs, spellings, places, (run, spelling, place) => {
        const { frames } = claimOf(run.truth.frames, run.lines, spelling);
        const mutation = mutate(frames, place % frames.length);
        const { comparison, metrics } = scored({ frames: mutation.frames, ended: true }, run);
        expect(comparison.result).toMatch(/^(differs|incomplete)$/);
        expect(Metrics.parse(metrics)).toEqual(metrics);
        expect(Divergence.parse(comparison.divergence)).toEqual(comparison.divergence);
        expect(metrics.frames_matched).toBeLessThanOrEqual(mutation.frames.length);
      }),
      { numRuns: 500 },
    );
  });
});
