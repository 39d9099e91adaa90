import type { z } from 'zod';
import type { FieldError } from './fault.ts';
import { Fault } from './fault.ts';

type Issue = z.core.$ZodIssue;

/** More faults than this say nothing new about a body, and one of 10^6 items must not answer with 10^6 messages. */
const MOST = 100;

/**
 * Every fault of a value that does not fit its schema, each with a JSON pointer (RFC 6901) to the place of the fault:
 * an unknown field is named itself, and of a union the alternative that fits best is reported. At most 100.
 */
export function fieldErrors(error: z.ZodError): FieldError[] {
  return error.issues.flatMap((issue) => spread(issue, [])).slice(0, MOST);
}

/** The fault of a request that does not fit its schema. */
export function misfit(error: z.ZodError): Fault {
  const errors = fieldErrors(error);
  const [first] = errors;
  const place = first === undefined ? '' : `: ${first.path === '' ? 'the whole' : first.path}: ${first.message}`;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more, see errors)` : '';
  return new Fault('invalid-request', `the request does not fit the schema${place}${more}`, { errors });
}

/** RFC 6901, for a path of keys and indexes. */
export function jsonPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function spread(issue: Issue, prefix: readonly PropertyKey[]): FieldError[] {
  const path = [...prefix, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.slice(0, MOST).map((key) => ({ path: jsonPointer([...path, key]), message: 'unknown field' }));
  }
  if (issue.code === 'invalid_union') {
    const closest = closestAlternative(issue.errors);
    if (closest !== undefined) return closest.flatMap((inner) => spread(inner, path));
  }
  return [
    {
      path: jsonPointer(path),
      message: issue.message
        .replace(/^Invalid input: expected nonoptional, received undefined$/, 'missing')
        .replace(/^Invalid input: (.*), received undefined$/, 'missing, $1'),
    },
  ];
}

/** The alternative with the fewest faults is the one that was meant; the first of equals. */
function closestAlternative(alternatives: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  let best: readonly Issue[] | undefined;
  for (const issues of alternatives) {
    if (best === undefined || distance(issues) < distance(best)) best = issues;
  }
  return best;
}

function distance(issues: readonly Issue[]): number {
  const unknown = issues.reduce((sum, issue) => sum + (issue.code === 'unrecognized_keys' ? issue.keys.length : 0), 0);
  return issues.length + unknown;
}
