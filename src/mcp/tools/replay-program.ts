import { z } from 'zod';
import { Budget } from '../../../core/budget.ts';
import { Frame } from '../../../core/frame.ts';
import { Program } from '../../../core/program.ts';
import { TraceResponse } from '../../verify/trace-request.ts';
import { defineTool } from '../tool.ts';

const { output, stdout, status, detail, stamp } = TraceResponse.shape;

/** The true run of a program. */
export const replayProgram = defineTool({
  name: 'replay_program',
  title: 'Run a Python program and record each step',
  description:
    'Runs a program in a sealed interpreter (no files, network or packages of yours) and answers with what it returns, raises and prints, and with its frames: each line with the locals before it. Ask for later frames with `from`.',
  input: z.strictObject({
    program: Program,
    from: z.int().min(0).default(0).describe('Index of the first frame in the answer.'),
    count: z.int().min(0).max(100).default(50).describe('Frames in the answer; 0 for how the run ends alone.'),
    budget: Budget.partial().optional(),
  }),
  output: z.strictObject({
    output,
    stdout,
    status,
    detail,
    total: z.int().describe('Frames of the whole run.'),
    from: z.int(),
    next: z.int().nullable().describe('`from` of the call that goes on; null at the end.'),
    frames: z.array(Frame),
    stamp,
  }),
  rest: 'call it again with `from` and a smaller `count`; a value that is long by itself has to be looked at piece by piece, by a program that slices it',
  run: async ({ program, from, count, budget }, { engine }, call) => {
    const trace = await engine.trace({ program, format: 'json', ...(budget && { budget }) }, call);
    const all = trace.frames ?? [];
    const frames = all.slice(from, from + count);
    return {
      output: trace.output,
      stdout: trace.stdout,
      status: trace.status,
      detail: trace.detail,
      total: all.length,
      from,
      next: from + count < all.length ? from + count : null,
      frames,
      stamp: trace.stamp,
    };
  },
});
