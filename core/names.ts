import { z } from 'zod';

/**
 * An object from names to strings, where the names come from programs. Unlike `z.record` it keeps a name such as
 * `__proto__`: a claim about that local must not vanish on its way in. Read it with `Object.entries`.
 */
export function byName(
  name: z.ZodType<string> = z.string(),
): z.ZodType<Record<string, string>, Record<string, string>> {
  const schema = z
    .unknown()
    .superRefine((value, context) => {
      if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        context.addIssue({ code: 'invalid_type', expected: 'record', input: value });
        return;
      }
      for (const [key, entry] of Object.entries(value)) {
        const checked = name.safeParse(key);
        for (const issue of checked.error?.issues ?? []) {
          context.addIssue({ code: 'custom', path: [key], message: issue.message, input: key });
        }
        if (typeof entry !== 'string') {
          context.addIssue({ code: 'invalid_type', expected: 'string', path: [key], input: entry });
        }
      }
    })
    .meta({ type: 'object', additionalProperties: { type: 'string' } });
  return schema as z.ZodType<Record<string, string>, Record<string, string>>;
}
