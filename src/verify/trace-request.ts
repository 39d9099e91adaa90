import { z } from 'zod';
import { Budget } from '../../core/budget.ts';
import { Frame } from '../../core/frame.ts';
import { Program } from '../../core/program.ts';
import { Stamp } from '../../core/stamp.ts';
import { Output } from '../../core/verdict.ts';

export const TraceFormat = z.enum(['cwm', 'json']);

export const TraceRequest = z
  .strictObject({
    program: Program,
    format: TraceFormat.default('json'),
    budget: Budget.partial().optional(),
  })
  .meta({ id: 'TraceRequest' });
/** As a caller writes it; the format is JSON frames by default. */
export type TraceRequest = z.input<typeof TraceRequest>;

export const TraceResponse = z
  .strictObject({
    format: TraceFormat,
    text: z.string().optional().describe('CWM trace text, without the prompt.'),
    frames: z.array(Frame).optional(),
    output: Output,
    stdout: z.string(),
    status: z.enum(['returned', 'raised', 'budget', 'killed']).describe('How the run ended.'),
    detail: z.string().nullable().describe('Why it was stopped, where it was.'),
    stamp: Stamp,
  })
  .meta({ id: 'TraceResponse' });
export type TraceResponse = z.infer<typeof TraceResponse>;
