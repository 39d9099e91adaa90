import { type Scheme, shareOfTrace } from './scheme.ts';

/** true frames of which event, line and state are claimed exactly / true frames. Claims other than traces earn 0. */
export const frames: Scheme = (judged) => shareOfTrace(judged, judged.metrics.frames_exact);
