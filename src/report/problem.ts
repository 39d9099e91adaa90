import type { Problem } from '../../core/fault.ts';
import { printable, shorten } from './printable.ts';

/** Why a claim got no verdict: the fault, then each place in the request that has one and is not named yet. */
export function problemLines(name: string, { detail, errors = [] }: Problem, width: number): string[] {
  const places = errors.filter(({ path, message }) => errors.length > 1 || !detail.includes(`${path}: ${message}`));
  return [
    `error: ${printable(name)}: ${shorten(detail, width * 3)}`,
    ...places.map(({ path, message }) => `  ${shorten(path, width)}: ${shorten(message, width)}`),
  ];
}
