import { type Event, type Frame, type FrameSequence, frameAt } from '../frame.ts';

/** Index of the first frame of a scope from `start` on (with that event, where one is given); -1 where there is none. */
export function nextInScope(frames: FrameSequence, start: number, scope: number, event?: Event): number {
  for (let index = start; index < frames.length; index += 1) {
    const frame = frames.at(index);
    if (frame?.scope === scope && (event === undefined || frame.event === event)) return index;
  }
  return -1;
}

/** The last call or line frame of a scope before `end`: its line is the one that ran last there. */
export function lastInScope(frames: FrameSequence, end: number, scope: number): Frame | undefined {
  for (let index = end - 1; index >= 0; index -= 1) {
    const frame = frames.at(index);
    if (frame?.scope === scope && frame.locals !== undefined) return frame;
  }
  return undefined;
}

/** The last frame of an exception. */
export function lastException(frames: FrameSequence): Frame | undefined {
  for (let index = frames.length - 1; index >= 0; index -= 1) {
    const frame = frames.at(index);
    if (frame?.event === 'exception') return frame;
  }
  return undefined;
}

/** The last call or line frame of the scope that the activation of `frames[at]` was entered from. */
export function callerOf(frames: FrameSequence, at: number): Frame | undefined {
  const depth = frameAt(frames, at)?.depth ?? 0;
  for (let index = at - 1; index >= 0; index -= 1) {
    const frame = frames.at(index);
    if (frame !== undefined && frame.depth < depth && frame.locals !== undefined) return frame;
  }
  return undefined;
}
