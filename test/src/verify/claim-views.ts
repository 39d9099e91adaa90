import type { TraceClaim } from '../../../core/claim.ts';
import { renderTagged } from '../../../neural/formats/cwm/render.ts';
import { stripSource } from '../../../neural/formats/source-line.ts';
import type { PlainFrame } from './mutations.ts';
import { asIds, asJson, asStripped, asTagged } from './trace-forms.ts';

/** A format as one who writes a claim in it sees it: what it keeps of a frame. */
export interface ClaimView {
  readonly name: string;
  write(frames: readonly PlainFrame[], lines: readonly string[]): TraceClaim;
  /** What it tells of the event: equal for two events that it does not tell apart. */
  event(frame: PlainFrame): string;
  /** What it tells of the place: equal for two places that it does not tell apart. */
  place(frame: PlainFrame, lines: readonly string[]): string;
}

const inText = {
  event: ({ event }: PlainFrame) => event,
  place: ({ line }: PlainFrame, lines: readonly string[]) => stripSource(lines[line - 1] ?? ''),
};

export const CLAIM_VIEWS: readonly ClaimView[] = [
  { ...inText, name: 'tagged', write: (frames, lines) => asTagged(toText(frames, lines)) },
  { ...inText, name: 'ids', write: (frames, lines) => asIds(toText(frames, lines)) },
  {
    name: 'stripped',
    write: (frames, lines) => asStripped(toText(frames, lines)),
    event: ({ arg }) => (arg === undefined ? 'state' : 'value'),
    place: inText.place,
  },
  {
    name: 'json',
    write: (frames) => asJson(frames),
    event: inText.event,
    place: ({ line, function: name }) => `${name} ${line}`,
  },
];

/** Gives each call a scope of its own: what a written trace knows of the activations behind it. */
function toText(frames: readonly PlainFrame[], lines: readonly string[]): string {
  const stack: number[] = [];
  let scopes = 0;
  const scoped = frames.map(({ locals, arg, ...frame }) => {
    if (frame.event === 'call') stack.push(scopes++);
    const scope = stack.at(-1) ?? 0;
    const depth = Math.max(0, stack.length - 1);
    if (frame.event === 'return') stack.pop();
    const state = arg === undefined ? { locals: new Map(Object.entries(locals ?? {})) } : { arg };
    return { ...frame, ...state, scope, depth };
  });
  return renderTagged(scoped, lines);
}
