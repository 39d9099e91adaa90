import { z } from 'zod';
import { MAX_MEMORY_MB } from './largest-memory.ts';

/** What one run may use. Counted in steps and bytes first; the wall clock is the last fence. */
export const Budget = z
  .strictObject({
    steps: z
      .int()
      .min(1)
      .max(100_000_000)
      .default(100_000)
      .describe('Line events, of the program and of the modules it uses.'),
    ms: z.int().min(1).max(120_000).default(10_000).describe('Wall-clock milliseconds from the start of the run.'),
    rlimit: z.int().min(1).max(100_000_000).default(2_000_000).describe('Solver resource units.'),
    memory_mb: z
      .int()
      .min(32)
      .max(MAX_MEMORY_MB)
      .default(256)
      .describe('Memory of the interpreter, its own 20–30 MiB included.'),
    trace_mb: z
      .int()
      .min(1)
      .max(1024)
      .default(64)
      .describe('Characters of all recorded reprs, in Mi; each frame counts 256 more.'),
    output_kb: z.int().min(1).max(65_536).default(1024).describe('What the program prints.'),
    files_mb: z.int().min(1).max(256).default(16).describe('Files that the program writes in memory.'),
  })
  .meta({ id: 'Budget', description: 'What one run may use.' });
export type Budget = z.infer<typeof Budget>;

export const DEFAULT_BUDGET: Budget = Budget.parse({});
