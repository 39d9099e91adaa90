import type { Scheme } from './scheme.ts';

/** 1 for a claim that holds in full, else 0. */
export const exact: Scheme = ({ whole }) => (whole ? 1 : 0);
