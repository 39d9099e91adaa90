import { VerifyRequest, VerifyResponse } from '../../../core/verdict.ts';
import { defineTool } from '../tool.ts';

/** Tests what somebody says about a program. */
export const verifyTrace = defineTool({
  name: 'verify_trace',
  title: 'Verify a claim about a Python program',
  description:
    'Call it before you rely on a trace, a result or a property of a Python program that you worked out without running it. It replays the program and answers verified, corrected (with the first step that is wrong and the true states), refuted, incomplete or inconclusive. For a result alone use a claim of kind output.',
  input: VerifyRequest.extend({}),
  output: VerifyResponse,
  rest: 'replay_program gives the true frames: start it at `correction.from`',
  run: (input, { engine }, call) => engine.verify(input, call),
});
