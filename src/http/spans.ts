/** Spans for requests and for what the engine answers. Loaded where spans go somewhere: OpenTelemetry is a hundred modules. */
export { traceAssay } from '../telemetry/traced-assay.ts';
export { installRequestSpans } from './request-spans.ts';
