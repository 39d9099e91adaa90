import type { Script } from '../../../../bridges/trainers/script.ts';
import { misfit } from '../../../../core/field-errors.ts';
import { World } from '../../../../core/program.ts';
import type { Assay, CallOptions } from '../../../verify/assay.ts';
import type { ScriptResult } from '../../../verify/script-run.ts';

/** What a script may print: test cases print more than what is traced. */
const OUTPUT_KB = 16_384;

/**
 * Runs a script in the sealed interpreter.
 *
 * @throws Fault `invalid-request` where a path of a file is none, and whatever the engine throws
 */
export async function runScript(
  assay: Assay,
  { source, stdin, files, ms, memoryMb }: Script,
  call: CallOptions & { readonly signal: AbortSignal },
): Promise<ScriptResult> {
  const world = World.safeParse({ stdin, files });
  if (!world.success) throw misfit(world.error);
  const budget = { ms, output_kb: OUTPUT_KB, ...(memoryMb !== undefined && { memory_mb: memoryMb }) };
  return await assay.run({ source, world: world.data, budget }, call);
}
