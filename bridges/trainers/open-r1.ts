import { z } from 'zod';
import { type Script, type ScriptEnd, toBudgetMs } from './script.ts';

/** As `RoutedSandbox` of open-r1 sends scripts to its router. */
export const OpenR1Request = z
  .looseObject({
    scripts: z.array(z.string()).max(10_000),
    languages: z.array(z.literal('python')).nullish(),
    language: z.literal('python').nullish().describe('As older versions say it.'),
    timeout: z.number().positive().nullish().describe('Seconds for each script. Default 30.'),
    request_timeout: z.number().positive().nullish().describe('Seconds for all of them. Default 28.'),
  })
  .meta({ id: 'OpenR1Request' });
export type OpenR1Request = z.infer<typeof OpenR1Request>;

export const OpenR1Response = z
  .array(
    z.strictObject({
      execution: z
        .strictObject({
          results: z.array(z.never()).describe('Empty: a script has no value, other than the cell of a notebook.'),
          logs: z.strictObject({ stdout: z.array(z.string()), stderr: z.array(z.string()) }),
          error: z.strictObject({ name: z.string(), value: z.string(), traceback: z.string() }).nullable(),
          execution_count: z.literal(1),
        })
        .nullable(),
      exception_str: z.string().nullable().describe('Why the script could not be run to its end.'),
    }),
  )
  .meta({ id: 'OpenR1Response' });
export type OpenR1Execution = z.infer<typeof OpenR1Response>[number];

/** What all scripts of a request may take, in milliseconds. */
export function deadlineMs({ request_timeout }: OpenR1Request): number {
  return toBudgetMs(request_timeout ?? 28);
}

export function toScripts({ scripts, timeout }: OpenR1Request): Script[] {
  const ms = toBudgetMs(timeout ?? 30);
  return scripts.map((source) => ({ source, stdin: '', files: {}, ms, memoryMb: undefined }));
}

export function toExecution({ status, stdout, stderr, error }: ScriptEnd): OpenR1Execution {
  if (status !== 'finished') return notRun(`${status}: ${stderr.trimEnd()}`);
  return {
    execution: {
      results: [],
      logs: { stdout: lines(stdout), stderr: lines(stderr) },
      error: error && { name: error.type, value: error.message, traceback: error.traceback },
      execution_count: 1,
    },
    exception_str: null,
  };
}

export function notRun(why: string): OpenR1Execution {
  return { execution: null, exception_str: why };
}

function lines(text: string): string[] {
  return text === '' ? [] : [text];
}
