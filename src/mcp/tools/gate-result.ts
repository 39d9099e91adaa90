import { z } from 'zod';
import { GateRequest, GateResponse } from '../../gate/gate-request.ts';
import { defineTool } from '../tool.ts';

/** Whether simulated results may be acted on. */
export const gateResult = defineTool({
  name: 'gate_result',
  title: 'Decide whether simulated results may be acted on',
  description:
    'Call it before you act on results of programs that you simulated in place of running. It replays them as the policy wants (`{}`: all of them) and answers accept, hold or reject, each result with what is true. One with `checked: false` was not replayed: do not call it verified.',
  input: GateRequest.extend({
    receipt: z.boolean().default(false).describe('Sign what was found, for others who want to verify it.'),
  }),
  output: GateResponse,
  rest: 'call it again with fewer results',
  whole: ['receipt'],
  // The first receipt makes the key that signs.
  writes: true,
  run: (input, { gate }, call) => gate.decide(input, call),
});
