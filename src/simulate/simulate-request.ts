import { z } from 'zod';
import { Budget } from '../../core/budget.ts';
import type { TraceClaim } from '../../core/claim.ts';
import { Divergence, DivergenceKind } from '../../core/divergence.ts';
import { Program } from '../../core/program.ts';
import { VerifyResponse } from '../../core/verdict.ts';

export const SimulateMode = z.enum(['free', 'guided']).meta({
  description:
    '`free`: the model writes the whole trace. `guided`: at each wrong frame the true one is put back, and the model goes on from there.',
});
export type SimulateMode = z.infer<typeof SimulateMode>;

export const SimulateRequest = z
  .strictObject({
    program: Program,
    predictor: z.string().min(1).optional().describe('Name of a configured predictor; the default one without it.'),
    mode: SimulateMode.default('guided'),
    max_frames: z.int().min(1).max(100_000).default(2_000).describe('The model is stopped after so many frames.'),
    max_ms: z.int().min(1).max(3_600_000).default(300_000).describe('The model is stopped after so many milliseconds.'),
    temperature: z.number().min(0).max(2).default(0),
    budget: Budget.partial().optional().describe('What the true run may use.'),
  })
  .meta({ id: 'SimulateRequest' });
/** As a caller writes it. */
export type SimulateRequest = z.input<typeof SimulateRequest>;

/** What is sent for each frame. Frames are text in CWM's format, special tokens as tags. */
export const SimulatedFrame = z
  .strictObject({
    index: z.int().min(0).describe('Position in the trace as it stands, corrections in their places.'),
    predicted: z
      .string()
      .nullable()
      .describe('What the model wrote; null where the frame was given to it, or where it stopped instead.'),
    verdict: z
      .enum(['given', 'right', 'wrong', 'unjudged'])
      .describe(
        '`given`: the model was told. `unjudged`: behind the first wrong frame of a free run, or different in a way that only the replay’s 32-bit platform explains.',
      ),
    observed: z
      .string()
      .nullable()
      .describe('The true frame at this place; null where the run is over or nothing was compared.'),
    corrected: z.string().optional().describe('The true frame, where it was put in place of the predicted one.'),
    divergence: Divergence.nullable(),
  })
  .meta({ id: 'SimulatedFrame' });
export type SimulatedFrame = z.infer<typeof SimulatedFrame>;

const Count = z.int().min(0);
const Milliseconds = z.number().min(0);

export const MistakeCounts = z.strictObject({ control: Count, state: Count, format: Count });
export type MistakeCounts = z.infer<typeof MistakeCounts>;

export const PredictorFigures = z
  .strictObject({
    name: z.string(),
    provider: z.string(),
    model: z.string().nullable(),
    execution: z.enum(['cuda', 'cpu', 'remote', 'none']).nullable().describe('What computed the prediction.'),
    mode: SimulateMode,
    frames: Count.describe('Frames that the model wrote.'),
    right: Count.describe('Frames of those that hold, given the true frames before them.'),
    mistakes: MistakeCounts.describe(
      'First causes by family: every correction of a guided run, the first divergence of a free one.',
    ),
    corrections: z
      .array(
        z.strictObject({
          frame: Count,
          line: z.int().min(1).nullable(),
          function: z.string().nullable(),
          kind: DivergenceKind,
          family: Divergence.shape.family,
          message: z.string(),
        }),
      )
      .describe('What was put right, in a guided run.'),
    echoes: Count.describe('Frames behind the first divergence that follow from what the model said before them.'),
    unfollowed: Count.describe('Frames behind it that do not, or that are off the path where that cannot be told.'),
    unjudged: Count.describe('Frames that differ in a way that only the replay’s platform explains.'),
    requests: Count.describe('How often the model was asked.'),
    tokens: Count,
    first_frame_ms: Milliseconds.nullable(),
    prediction_ms: Milliseconds.describe('Waiting for the model.'),
    verification_ms: Milliseconds.describe('Replaying and comparing, without waiting for an interpreter.'),
    stopped: z
      .strictObject({
        reason: z.enum(['frames', 'time', 'size', 'predictor', 'program']),
        detail: z.string(),
      })
      .nullable()
      .describe(
        'Why the model was stopped before its trace ended: a limit, its own failure, or a run that shows nothing.',
      ),
  })
  .meta({ id: 'PredictorFigures' });
export type PredictorFigures = z.infer<typeof PredictorFigures>;

export const SimulateResponse = VerifyResponse.extend({ predictor: PredictorFigures }).meta({
  id: 'SimulateResponse',
  description: 'The verdict on the trace as it stands at the end, and what the model did for it.',
});
export type SimulateResponse = z.infer<typeof SimulateResponse>;

/** What a simulation tells, in order: frames, then once the end. */
export type SimulateEvent =
  | { readonly event: 'frame'; readonly data: SimulatedFrame }
  | {
      readonly event: 'done';
      readonly data: SimulateResponse;
      /** The trace that was judged, where the simulation ran in this process. It is not sent. */
      readonly claim?: TraceClaim;
    };
