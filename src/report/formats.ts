import { concise } from './concise.ts';
import { full } from './full.ts';
import { github } from './github.ts';
import { json } from './json.ts';
import { jsonl } from './jsonl.ts';
import { markdown } from './markdown.ts';
import type { Renderer, View } from './result.ts';
import { sarif } from './sarif.ts';

/** Every output format, by the name that `--format` takes. */
export const FORMATS = { full, concise, json, jsonl, github, sarif, markdown } as const satisfies Record<
  string,
  (view: View) => Renderer
>;
export type FormatName = keyof typeof FORMATS;
export const FORMAT_NAMES = Object.keys(FORMATS) as readonly FormatName[];

/** Whether a format is text for people, which a closing line may follow. */
export function isForPeople(format: FormatName): boolean {
  return format === 'full' || format === 'concise';
}
