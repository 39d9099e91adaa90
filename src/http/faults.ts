import { Fault } from '../../core/fault.ts';

/** Fastify's own errors that are the caller's, by code; its other 4xx are `invalid-request`. */
const CALLER_FAULTS = new Map<string, (message: string) => Fault>([
  ['FST_ERR_CTP_BODY_TOO_LARGE', () => new Fault('too-large', 'the body is larger than this route takes')],
  [
    'FST_ERR_CTP_INVALID_MEDIA_TYPE',
    () =>
      new Fault(
        'unsupported-media',
        'send `content-type: application/json` (a batch may also be application/x-ndjson)',
      ),
  ],
  ['FST_ERR_CTP_EMPTY_JSON_BODY', () => notJson('the body is empty')],
  ['FST_ERR_CTP_INVALID_JSON_BODY', () => notJson('the body is not JSON')],
]);

/**
 * What an error means to a client. Only faults speak for themselves; anything else is `internal`, without a word of
 * what happened: that is for the log.
 *
 * @param id of the request, by which the log can be searched
 */
export function toFault(error: unknown, id: string): Fault {
  if (error instanceof Fault) return error;
  const { code, statusCode, message } = describe(error);
  const known = CALLER_FAULTS.get(code);
  if (known !== undefined) return known(message);
  if (error instanceof SyntaxError) return notJson('the body is not JSON');
  if (statusCode >= 400 && statusCode < 500) return new Fault('invalid-request', message);
  return new Fault('internal', `an error of Assay's own; the log has it under request ${id}`, { cause: error });
}

/** Whether an error only says that its request was given up. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === 'AbortError';
}

function notJson(message: string): Fault {
  return new Fault('invalid-request', message, { errors: [{ path: '', message }] });
}

function describe(error: unknown): { code: string; statusCode: number; message: string } {
  if (!(error instanceof Error)) return { code: '', statusCode: 500, message: '' };
  const { code, statusCode } = error as { code?: unknown; statusCode?: unknown };
  return {
    code: typeof code === 'string' ? code : '',
    statusCode: typeof statusCode === 'number' ? statusCode : 500,
    message: error.message,
  };
}
