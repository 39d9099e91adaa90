import type { Event } from '../../../core/frame.ts';
import { type Random, wrongRepr, wrongType } from './wrong-values.ts';

/** A frame as the API answers with it. */
export interface PlainFrame {
  readonly event: Event;
  readonly line: number;
  readonly function: string;
  readonly locals?: Readonly<Record<string, string>> | undefined;
  readonly arg?: string | undefined;
}

/** A true trace with one thing in it changed; null where the trace has no room for this change. */
export type Mutate = (frames: readonly PlainFrame[], random: Random, lines: readonly number[]) => PlainFrame[] | null;

const OTHER_EVENT = { call: 'line', line: 'call', return: 'exception', exception: 'return' } as const;

/** Indexes of the frames that hold, in order. */
function indexes(frames: readonly PlainFrame[], holds: (frame: PlainFrame, index: number) => boolean): number[] {
  return frames.flatMap((frame, index) => (holds(frame, index) ? [index] : []));
}

function changeAt(
  frames: readonly PlainFrame[],
  index: number | undefined,
  change: (frame: PlainFrame) => PlainFrame,
): PlainFrame[] | null {
  const frame = index === undefined ? undefined : frames[index];
  return frame === undefined || index === undefined ? null : frames.with(index, change(frame));
}

/** Changes one local of one frame, where `change` knows another value for it. */
function changeLocal(
  frames: readonly PlainFrame[],
  random: Random,
  change: (repr: string) => string | null,
): PlainFrame[] | null {
  const places = frames.flatMap(({ locals = {} }, index) =>
    Object.entries(locals).flatMap(([name, repr]) => {
      const wrong = change(repr);
      return wrong === null ? [] : [{ index, name, wrong }];
    }),
  );
  const place = random.pick(places);
  if (place === undefined) return null;
  return changeAt(frames, place.index, (frame) => ({
    ...frame,
    locals: { ...frame.locals, [place.name]: place.wrong },
  }));
}

function remove(frames: readonly PlainFrame[], index: number): PlainFrame[] {
  return frames.toSpliced(index, 1);
}

/** Each of the mistakes that a model may make in one place. */
export const MUTATIONS: Readonly<Record<string, Mutate>> = {
  'local value': (frames, random) => changeLocal(frames, random, wrongRepr),
  'local type': (frames, random) => changeLocal(frames, random, wrongType),
  'local dropped': (frames, random) => {
    const index = random.pick(indexes(frames, ({ locals }) => Object.keys(locals ?? {}).length > 0));
    return changeAt(frames, index, (frame) => {
      const entries = Object.entries(frame.locals ?? {});
      const dropped = random.pick(entries);
      return { ...frame, locals: Object.fromEntries(entries.filter((entry) => entry !== dropped)) };
    });
  },
  'local invented': (frames, random) => {
    const index = random.pick(indexes(frames, ({ locals }) => locals !== undefined));
    return changeAt(frames, index, (frame) => ({ ...frame, locals: { ...frame.locals, invented: '0' } }));
  },
  'no change claimed': (frames, random) => {
    const places = frames.flatMap((frame, index) => {
      const before = frames[index - 1];
      if (frame.event !== 'line' || before?.locals === undefined || before.function !== frame.function) return [];
      return Object.entries(frame.locals ?? {}).flatMap(([name, repr]) => {
        const earlier = before.locals?.[name];
        return earlier === undefined || earlier === repr ? [] : [{ index, name }];
      });
    });
    const place = random.pick(places);
    return changeAt(frames, place?.index, (frame) => ({
      ...frame,
      locals: { ...frame.locals, ...(place && { [place.name]: '..' }) },
    }));
  },
  'result value': (frames, random) => {
    const index = random.pick(indexes(frames, ({ arg }, at) => arg !== undefined && at < frames.length - 1));
    return changeAt(frames, index, (frame) => ({ ...frame, arg: wrongRepr(frame.arg ?? '') }));
  },
  'final result': (frames) =>
    changeAt(frames, frames.length - 1, (frame) => ({ ...frame, arg: wrongRepr(frame.arg ?? '') })),
  'final result type': (frames) => {
    const wrong = wrongType(frames.at(-1)?.arg ?? '');
    return wrong === null ? null : changeAt(frames, frames.length - 1, (frame) => ({ ...frame, arg: wrong }));
  },
  line: (frames, random, lines) => {
    const index = random.below(frames.length);
    const other = random.pick(lines.filter((line) => line !== frames[index]?.line));
    return other === undefined ? null : changeAt(frames, index, (frame) => ({ ...frame, line: other }));
  },
  event: (frames, random) =>
    changeAt(frames, random.below(frames.length), (frame) => ({ ...frame, event: OTHER_EVENT[frame.event] })),
  dropped: (frames, random) => remove(frames, random.below(frames.length - 1)),
  doubled: (frames, random) => {
    const index = random.below(frames.length);
    return [...frames.slice(0, index + 1), ...frames.slice(index)];
  },
  swapped: (frames, random) => {
    const one = random.below(frames.length - 1);
    const other = one + 1 + random.below(frames.length - one - 1);
    const [first, second] = [frames[one], frames[other]];
    return first === undefined || second === undefined ? null : frames.with(one, second).with(other, first);
  },
  'cut off': (frames, random) => frames.slice(0, 1 + random.below(frames.length - 1)),
  'goes on': (frames, random) => {
    const again = frames[random.below(frames.length)];
    return again === undefined ? null : [...frames, again];
  },
};
