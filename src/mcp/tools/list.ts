import type { Tool } from '../tool.ts';
import { checkPatch } from './check-patch.ts';
import { explainCode } from './explain-code.ts';
import { explorePaths } from './explore-paths.ts';
import { gateResult } from './gate-result.ts';
import { replayProgram } from './replay-program.ts';
import { verifyTrace } from './verify-trace.ts';

/** Every tool, in the order in which agents see them. A new one is a file beside this one and a line here. */
export const TOOLS: readonly Tool[] = [verifyTrace, replayProgram, explorePaths, checkPatch, gateResult, explainCode];
