import { z } from 'zod';

const Share = z.number().min(0).max(1);
const Count = z.int().min(0);

/** The same numeric keys whatever the outcome; 0 where nothing applies. */
export const Metrics = z
  .strictObject({
    frames_claimed: Count,
    frames_true: Count,
    frames_matched: Count.describe('Frames before the first divergence.'),
    prefix: Share.describe('frames_matched / frames_true.'),
    state_exact: Share.describe('Share of true frames whose state or value is claimed exactly, position by position.'),
    action_exact: Share.describe('Share of true frames whose source line is claimed exactly, position by position.'),
    frames_exact: Share.describe(
      'Share of all true frames of which event, line and state are claimed exactly; those that a claim steps over are missing.',
    ),
    steps_valid: Share.describe('Share of claimed transitions that are right given the claimed state before them.'),
    output_exact: z
      .union([z.literal(0), z.literal(1)])
      .describe('1 if the claimed result of the entry is the true one.'),
  })
  .meta({ id: 'Metrics' });
export type Metrics = z.infer<typeof Metrics>;

export const NO_METRICS: Metrics = {
  frames_claimed: 0,
  frames_true: 0,
  frames_matched: 0,
  prefix: 0,
  state_exact: 0,
  action_exact: 0,
  frames_exact: 0,
  steps_valid: 0,
  output_exact: 0,
};
