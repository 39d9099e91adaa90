import { exact } from './exact.ts';
import { frames } from './frames.ts';
import { output } from './output.ts';
import { prefix } from './prefix.ts';
import type { Scheme } from './scheme.ts';
import { steps } from './steps.ts';

/** Every scheme. A new one is a file beside this one and a line here. */
export const SCHEMES = { exact, prefix, frames, steps, output } as const satisfies Readonly<Record<string, Scheme>>;

export type SchemeName = keyof typeof SCHEMES;

export const SCHEME_NAMES = Object.keys(SCHEMES) as [SchemeName, ...SchemeName[]];
