import type { Item } from './workload.ts';

/** Programs of one pass, and claims about each: a group of completions as trainers sample them. */
export const PROGRAMS = 64;
export const GROUP = 8;

/** One claim of a group, as each side is sent it. */
export interface RewardCall {
  /** For `POST /v1/reward`. */
  readonly item: unknown;
  /** For `python/reward_server.py`. */
  readonly plain: unknown;
  readonly expected: number;
}

/**
 * The claims about a program: its true trace, and the same with a wrong result, in turn. Each has a mark of its own in a
 * part that no reader looks at, so that no two requests are the same.
 *
 * @param comment is put behind the program
 */
export function rewardCalls({ source, call, request, answer }: Item, comment: string): RewardCall[] {
  const { claim } = request;
  const program = { ...request.program, source: `${source}${source.endsWith('\n') ? '' : '\n'}${comment}` };
  if (claim.kind !== 'trace' || claim.format !== 'cwm') throw new Error('the workload claims traces in CWM format');
  const returns = answer === null ? null : (JSON.parse(answer) as { returns?: string }).returns;
  return Array.from({ length: GROUP }, (_, index): RewardCall => {
    const wrong = index % 2 === 1;
    const trace = wrong ? spoilResult(claim.text, index) : claim.text;
    return {
      item: { program, completion: `${trace}\n${index}` },
      plain: { source, call, returns: wrong ? `wrong ${index}` : (returns ?? '') },
      expected: wrong ? 0 : 1,
    };
  });
}

/** Says another value in the trace's last frame. */
function spoilResult(text: string, index: number): string {
  const at = text.lastIndexOf('<|arg_sep|>"') + '<|arg_sep|>"'.length;
  return `${text.slice(0, at)}wrong ${index} ${text.slice(at)}`;
}
