import { type Scheme, shareOfTrace } from './scheme.ts';

/** frames before the first divergence / true frames. Claims other than traces earn 0. */
export const prefix: Scheme = (judged) => {
  const { frames_matched: matched, frames_true: frames } = judged.metrics;
  return shareOfTrace(judged, frames === 0 ? 0 : matched / frames);
};
