import type { TraceClaim } from '../../../core/claim.ts';
import { TOKEN_IDS, TOKEN_NAMES, tagOf } from '../../../neural/formats/cwm/tokens.ts';

const IDS_BY_TAG: ReadonlyMap<string, number> = new Map(TOKEN_NAMES.map((name) => [tagOf(name), TOKEN_IDS[name]]));
const TAG = /(<\|[a-z_]+\|>)/;

/** A trace in tagged text as a claim. */
export function asTagged(text: string): TraceClaim {
  return { kind: 'trace', format: 'cwm', text };
}

/** The same as a decoder leaves it that drops special tokens. For traces whose values contain no tags. */
export function asStripped(tagged: string): TraceClaim {
  const text = tagged
    .split(TAG)
    .filter((piece) => !IDS_BY_TAG.has(piece))
    .join('');
  return { kind: 'trace', format: 'cwm', text };
}

/** The same as a model emits it. For traces whose values contain no tags. */
export function asIds(tagged: string): TraceClaim {
  const pieces = tagged.split(TAG).filter((piece) => piece !== '');
  return { kind: 'trace', format: 'cwm-ids', tokens: pieces.map((piece) => IDS_BY_TAG.get(piece) ?? piece) };
}

/** JSON frames as a claim, after a crossing as JSON text. */
export function asJson(frames: readonly unknown[]): TraceClaim {
  return { kind: 'trace', format: 'json', frames: JSON.parse(JSON.stringify(frames)) as unknown[] };
}
