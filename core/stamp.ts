import { z } from 'zod';

/** Raised when the same question may get another answer than before: rules of comparison, metrics or status. */
export const POLICY_VERSION = '1';

export const Stamp = z
  .strictObject({
    assay: z.string(),
    engine: z.string().describe('Interpreter build, such as `pyodide-0.22.1`.'),
    python: z.string().describe('Full Python version, such as `3.10.2`.'),
    z3: z.string().nullable().describe('Solver version; null where no solver took part.'),
    policy: z.string(),
    unsealed: z
      .literal(true)
      .optional()
      .describe('The program could reach the machine: the daemon was started with `--unsafe-unsealed`.'),
  })
  .meta({ id: 'Stamp', description: 'What an answer was computed with.' });
export type Stamp = z.infer<typeof Stamp>;
