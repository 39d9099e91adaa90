import type { Renderer, Result } from './result.ts';

/** One JSON object a line as each result is there, then `{"summary": …}`: the lines of `/v1/verify/batch` with the file's name. */
export function jsonl(): Renderer {
  return {
    result: (result, index) => `${JSON.stringify({ index, ...resultObject(result) })}\n`,
    end: (summary) => `${JSON.stringify({ summary })}\n`,
  };
}

/** The JSON form of a result: the verify response or the problem, with the name of what the claim was read from. */
export function resultObject(result: Result): Record<string, unknown> {
  const file = result.subject.name;
  if ('problem' in result) return { file, error: result.problem };
  if ('finding' in result) return { file, finding: result.finding };
  if ('compared' in result) return { file, function: result.compared };
  return { file, ...result.response };
}
