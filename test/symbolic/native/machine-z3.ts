import { findZ3 } from '../../../symbolic/native/find.ts';

/** Z3 of this machine, as `ASSAY_Z3` or `PATH` names it; null where there is none, and tests of it are skipped. */
export const MACHINE_Z3 = findZ3({ setting: process.env.ASSAY_Z3, searchPath: process.env.PATH });
export const NO_Z3 = 'there is no z3: set ASSAY_Z3 or put one on PATH';
