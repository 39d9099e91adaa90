import { PatchRequest, PatchResponse } from '../../check/patch-request.ts';
import { defineTool } from '../tool.ts';

/** What a patch changes. */
export const checkPatch = defineTool({
  name: 'check_patch',
  title: 'Find what a patch to Python code changes',
  description:
    'Call it with both versions of the changed modules before you say that a patch does what you think and nothing else. It runs both on the same inputs and reports behaviour that differs (with the smallest input found), claims that are wrong, tests, and hunks that no test needs.',
  input: PatchRequest.extend({}),
  output: PatchResponse,
  rest: 'call it again with `only` for fewer files; explain_code says what a code means',
  run: (input, { engine }, { signal }) => engine.patch(input, { signal }),
});
