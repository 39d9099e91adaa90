import { z } from 'zod';
import { Budget } from '../../core/budget.ts';
import { byName } from '../../core/names.ts';
import { Program } from '../../core/program.ts';
import { Stamp } from '../../core/stamp.ts';

export const ExploreRequest = z
  .strictObject({
    program: Program,
    function: z.string().min(1).describe('A function of the module, by its name.'),
    params: byName().default({}).describe('Parameter → type, such as `{"x": "int"}`.'),
    bounds: z
      .strictObject({
        paths: z.int().min(1).max(1000).default(64).describe('Paths in the answer.'),
        length: z.int().min(0).max(16).default(8).describe('Items of a list, code points of a string.'),
      })
      .prefault({}),
    budget: Budget.partial().optional(),
  })
  .meta({ id: 'ExploreRequest' });
/** As a caller writes it. */
export type ExploreRequest = z.input<typeof ExploreRequest>;

export const ExploreResponse = z
  .strictObject({
    paths: z.array(
      z.strictObject({
        conditions: z.array(z.strictObject({ line: z.int(), text: z.string(), taken: z.boolean() })),
        input: z.string().describe('A call that takes the path; it was replayed.'),
        output: z.string().describe('What the replay gave: a repr, or `raises` and the type of the exception.'),
        exact: z.boolean().describe('The conditions say exactly which inputs take the path.'),
      }),
    ),
    complete: z.boolean().describe('Every input within the bounds takes one of the paths.'),
    bounds: z.array(z.string()).describe('What was left out, such as `len(s) <= 8`.'),
    restrictions: z.array(z.string()),
    reason: z.string().nullable().describe('Why it is not complete.'),
    stamp: Stamp,
  })
  .meta({ id: 'ExploreResponse' });
export type ExploreResponse = z.infer<typeof ExploreResponse>;
