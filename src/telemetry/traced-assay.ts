import { type Attributes, type Span, SpanStatusCode, trace } from '@opentelemetry/api';
import { Fault } from '../../core/fault.ts';
import type { VerifyResponse } from '../../core/verdict.ts';
import { VERSION } from '../config/version.ts';
import type { Assay } from '../verify/assay.ts';
import type { Face } from './observed-assay.ts';

/**
 * The same engine, with a span around each of its answers, below the one of the request. Without an SDK a span is an empty
 * object. Neither programs nor values become attributes.
 */
export function traceAssay(assay: Assay, face: Face): Assay {
  const tracer = trace.getTracer('assay', VERSION);

  const inSpan = <T>(
    name: string,
    attributes: Attributes,
    work: () => Promise<T>,
    describe: (found: T) => Attributes = () => ({}),
  ): Promise<T> =>
    tracer.startActiveSpan(name, { attributes }, async (span) => {
      try {
        const found = await work();
        if (span.isRecording()) span.setAttributes(describe(found));
        return found;
      } catch (error) {
        noteError(span, error);
        throw error;
      } finally {
        span.end();
      }
    });

  return {
    verify: (request, options) =>
      inSpan(
        'assay.verify',
        { 'assay.face': face, 'assay.claim.kind': request.claim.kind },
        () => assay.verify(request, options),
        verdictAttributes,
      ),
    trace: (request, options) => inSpan('assay.trace', {}, () => assay.trace(request, options)),
    replay: (request, options) => inSpan('assay.replay', {}, () => assay.replay(request, options)),
    patch: (request, options) => inSpan('assay.patch', {}, () => assay.patch(request, options)),
    explore: (request, options) => inSpan('assay.explore', {}, () => assay.explore(request, options)),
    run: (request, options) => inSpan('assay.run', {}, () => assay.run(request, options)),
    ready: () => assay.ready(),
    health: () => assay.health(),
    close: () => assay.close(),
  };
}

function verdictAttributes({ status, reason, stamp, timings_ms }: VerifyResponse): Attributes {
  return {
    'assay.status': status,
    'assay.python': stamp.python,
    ...(reason !== null && { 'assay.reason': reason }),
    ...Object.fromEntries(Object.entries(timings_ms).map(([stage, ms]) => [`assay.${stage}_ms`, ms])),
  };
}

/** The message of an error that is not ours may hold anything. */
function noteError(span: Span, error: unknown): void {
  span.setAttribute('error.type', error instanceof Fault ? error.code : error instanceof Error ? error.name : 'error');
  span.setStatus({ code: SpanStatusCode.ERROR });
}
