import type { Frame } from '../../core/frame.ts';
import type { Trace } from '../../core/trace.ts';

/** Bytes of a frame, and of a local in it, without the text of its repr. */
const FRAME_BYTES = 240;
const LOCAL_BYTES = 64;

/** About how many bytes a trace takes in memory. A repr that a frame shares with the one before counts once. */
export function runBytes({ frames, stdout, outcome }: Trace): number {
  return 1_024 + 2 * (stdout.length + JSON.stringify(outcome).length) + (frames.byteLength ?? bytesOf(frames));
}

function bytesOf(frames: Iterable<Frame>): number {
  let bytes = 0;
  let before: ReadonlyMap<string, string> | undefined;
  for (const { locals, arg } of frames) {
    bytes += FRAME_BYTES + 2 * (arg?.length ?? 0);
    if (locals === undefined) continue;
    for (const [name, repr] of locals) bytes += LOCAL_BYTES + (before?.get(name) === repr ? 0 : 2 * repr.length);
    before = locals;
  }
  return bytes;
}
