import { readFileSync } from 'node:fs';
import { fieldErrors } from '../../core/field-errors.ts';
import { PatchClaim } from '../check/patch-request.ts';
import { CliError } from './cli-error.ts';
import { requireFiles } from './files.ts';

/** Claims of files of a patch, and lines that are none. */
export interface ReadClaims {
  readonly claims: readonly PatchClaim[];
  /** `file:line: why`. */
  readonly faults: readonly string[];
}

/**
 * Reads claims, one JSON object a line: `{"file": "src/a.py", "call": "f(3)", "returns": "4"}`. In a file of the patch a line
 * that is none is a fault and no error: it is what a model wrote.
 */
export function readPatchClaims(files: ReadonlyMap<string, string>): ReadClaims {
  const claims: PatchClaim[] = [];
  const faults: string[] = [];
  for (const [name, text] of files) {
    for (const [index, line] of text.split('\n').entries()) {
      if (line.trim() === '') continue;
      const read = readClaim(line);
      if ('claim' in read) claims.push({ source: name, line: index + 1, ...read.claim });
      else faults.push(`${name}:${index + 1}: ${read.fault}`);
    }
  }
  return { claims, faults };
}

function readClaim(line: string): { readonly claim: PatchClaim } | { readonly fault: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return { fault: `not JSON: ${(error as Error).message}` };
  }
  const checked = PatchClaim.safeParse(value);
  if (checked.success) return { claim: checked.data };
  const [first] = fieldErrors(checked.error);
  return { fault: first === undefined ? 'no claim' : `${first.path || 'the line'}: ${first.message}` };
}

/**
 * Claims of files that the caller names: here a line that is none is the caller's mistake.
 *
 * @throws {CliError} naming the first such line, or the file that is not there
 */
export function readGivenClaims(files: readonly string[]): readonly PatchClaim[] {
  requireFiles(files);
  const { claims, faults } = readPatchClaims(new Map(files.map((file) => [file, readFileSync(file, 'utf8')])));
  const [first] = faults;
  if (first !== undefined) throw new CliError(first, 'each line is {"file": "a.py", "call": "f(3)", "returns": "4"}');
  return claims;
}
