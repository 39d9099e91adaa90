import { z } from 'zod';
import { Fault } from '../../core/fault.ts';
import { type Script, type ScriptEnd, toBudgetMs } from './script.ts';

const LEAST_MEMORY_MB = 32;
const MOST_MEMORY_MB = 2048;
/** What a shell reports of a process that was killed. */
const KILLED = 137;

/** As verl sends a test case to SandboxFusion. */
export const SandboxFusionRequest = z
  .looseObject({
    code: z.string(),
    language: z.literal('python'),
    stdin: z.string().nullish(),
    compile_timeout: z.number().nullish().describe('Seconds; Python is not compiled apart.'),
    run_timeout: z.number().positive().nullish().describe('Seconds. Default 10.'),
    memory_limit_MB: z.number().nullish().describe('Not positive: the default.'),
    files: z.record(z.string(), z.string().nullable()).nullish().describe('Path → content in base64.'),
    fetch_files: z.array(z.string()).max(0, { message: 'files that a script writes cannot be fetched' }).nullish(),
  })
  .meta({ id: 'SandboxFusionRequest' });
export type SandboxFusionRequest = z.infer<typeof SandboxFusionRequest>;

const CommandResult = z.strictObject({
  status: z.enum(['Finished', 'Error', 'TimeLimitExceeded']),
  execution_time: z.number().describe('Seconds.'),
  return_code: z.int().nullable(),
  stdout: z.string(),
  stderr: z.string(),
});

export const SandboxFusionResponse = z
  .strictObject({
    status: z.enum(['Success', 'Failed', 'SandboxError']),
    message: z.string(),
    compile_result: z.null(),
    run_result: CommandResult,
    executor_pod_name: z.null(),
    files: z.record(z.string(), z.string()),
  })
  .meta({ id: 'SandboxFusionResponse' });
export type SandboxFusionResponse = z.infer<typeof SandboxFusionResponse>;

/** @throws Fault `invalid-request` where a file is not text in base64 */
export function toScript({ code, stdin, run_timeout, memory_limit_MB, files }: SandboxFusionRequest): Script {
  const memory = memory_limit_MB ?? 0;
  return {
    source: code,
    stdin: stdin ?? '',
    files: Object.fromEntries(
      Object.entries(files ?? {}).flatMap(([path, content]) =>
        content === null ? [] : [[path, decode(path, content)]],
      ),
    ),
    ms: toBudgetMs(run_timeout ?? 10),
    memoryMb: memory > 0 ? Math.max(LEAST_MEMORY_MB, Math.min(MOST_MEMORY_MB, Math.round(memory))) : undefined,
  };
}

/** `SandboxError` is for what the sealed interpreter cannot do: nothing was shown about the script. */
export function toResponse(end: ScriptEnd): SandboxFusionResponse {
  const { status, stdout, stderr, exitCode, ms } = end;
  const ended = { execution_time: ms / 1000, stdout, stderr };
  const rest = { compile_result: null, executor_pod_name: null, files: {} };
  switch (status) {
    case 'finished':
      return {
        status: exitCode === 0 ? 'Success' : 'Failed',
        message: '',
        run_result: { status: 'Finished', return_code: exitCode, ...ended },
        ...rest,
      };
    case 'time':
      return {
        status: 'Failed',
        message: '',
        run_result: { status: 'TimeLimitExceeded', return_code: null, ...ended },
        ...rest,
      };
    case 'resources':
      return {
        status: 'Failed',
        message: '',
        run_result: { status: 'Finished', return_code: KILLED, ...ended },
        ...rest,
      };
    case 'refused':
      return {
        status: 'SandboxError',
        message: stderr,
        run_result: { status: 'Error', return_code: null, ...ended },
        ...rest,
      };
  }
}

function decode(path: string, content: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(atob(content), (unit) => unit.charCodeAt(0)),
    );
  } catch {
    const message = 'must be UTF-8 text in base64';
    throw new Fault('invalid-request', `a file ${message}`, {
      errors: [{ path: `/files/${path.replaceAll('~', '~0').replaceAll('/', '~1')}`, message }],
    });
  }
}
