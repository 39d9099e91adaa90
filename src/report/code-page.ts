import { existsSync, readFileSync } from 'node:fs';
import { CODE_TITLES } from './codes.ts';

/** The page of a code, in Markdown; undefined where there is no such code. */
export function codePage(code: string): string | undefined {
  const page = new URL(`../../docs/codes/${code}.md`, import.meta.url);
  return Object.hasOwn(CODE_TITLES, code) && existsSync(page) ? readFileSync(page, 'utf8') : undefined;
}
