import { context, propagation, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { W3CTraceContextPropagator } from '@opentelemetry/core';
import { InMemorySpanExporter, SimpleSpanProcessor, TracerProvider } from '@opentelemetry/sdk-trace';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as spans from '../../../src/http/spans.ts';
import { asksForTraces, startTracing } from '../../../src/telemetry/tracing.ts';
import { rightClaim, useDaemon, wrongClaim } from '../http/harness.ts';

const ENDPOINT = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318' };

describe('without OpenTelemetry’s SDK', () => {
  it.each([
    [{}, false],
    [{ OTEL_SERVICE_NAME: 'assay' }, false],
    [{ OTEL_EXPORTER_OTLP_ENDPOINT: '' }, false],
    [ENDPOINT, true],
    [{ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'http://127.0.0.1:4318/v1/traces' }, true],
    [{ OTEL_TRACES_EXPORTER: 'console' }, true],
    [{ ...ENDPOINT, OTEL_TRACES_EXPORTER: 'none' }, false],
    [{ ...ENDPOINT, OTEL_SDK_DISABLED: 'TRUE' }, false],
  ])('%j asks for traces: %s', (environment, asks) => {
    expect(asksForTraces(environment)).toBe(asks);
  });

  it('is silent where nobody asks, and says what to install where somebody does', async () => {
    expect(await startTracing({})).toMatchObject({ enabled: false });
    const tracing = await startTracing(ENDPOINT);
    expect(tracing.trouble).toMatch(/no traces: .*; install @opentelemetry\/sdk-node beside Assay/);
    await tracing.stop();
  });
});

describe('with OpenTelemetry’s SDK', () => {
  const exporter = new InMemorySpanExporter();
  const provider = new TracerProvider({ spanProcessors: [new SimpleSpanProcessor({ exporter })] });
  beforeAll(() => {
    trace.setGlobalTracerProvider(provider);
    context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
    propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  });
  afterAll(async () => {
    await provider.shutdown();
    trace.disable();
    context.disable();
    propagation.disable();
  });
  beforeEach(() => exporter.reset());
  const daemon = useDaemon({}, { metrics: 'open', spans }, true);

  const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${daemon.url}${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { 'content-type': 'application/json', ...headers },
    });
  const spansOf = async (count: number) => {
    await expect.poll(() => exporter.getFinishedSpans().length).toBe(count);
    return exporter.getFinishedSpans();
  };

  it('leaves an SDK alone that somebody else has started', async () => {
    expect(await startTracing(ENDPOINT)).toMatchObject({ enabled: true });
    expect(await startTracing({})).toMatchObject({ enabled: true });
  });

  it('puts the span of a claim below that of its request, and that below the caller’s', async () => {
    const traceId = '0af7651916cd43dd8448eb211c80319c';
    await post('/v1/verify', rightClaim(), { traceparent: `00-${traceId}-b7ad6b7169203331-01` });
    const [claim, request] = await spansOf(2);
    expect(request).toMatchObject({
      name: 'POST /v1/verify',
      parentSpanContext: { traceId, spanId: 'b7ad6b7169203331' },
      attributes: { 'http.request.method': 'POST', 'http.route': '/v1/verify', 'http.response.status_code': 200 },
    });
    expect(claim).toMatchObject({
      name: 'assay.verify',
      parentSpanContext: { traceId, spanId: request?.spanContext().spanId },
      attributes: { 'assay.face': 'verify', 'assay.claim.kind': 'output', 'assay.status': 'verified' },
    });
    expect(claim?.attributes['assay.replay_ms']).toBeGreaterThan(0);
  });

  it('keeps requests apart, each with the claims that it asks about', async () => {
    const items = [rightClaim(), wrongClaim(), rightClaim(5)].map(({ program, claim }) => ({ program, claim }));
    await Promise.all([post('/v1/reward', { items }), post('/v1/reward', { items: items.slice(1) })]);
    const spans = await spansOf(7);
    const requests = spans.filter(({ name }) => name === 'POST /v1/reward');
    const claimsOf = (id: string | undefined) => spans.filter((span) => span.parentSpanContext?.spanId === id);
    const statuses = requests.map((span) =>
      claimsOf(span.spanContext().spanId)
        .map(({ attributes }) => attributes['assay.status'])
        .sort(),
    );
    expect(statuses.sort((a, b) => a.length - b.length)).toEqual([
      ['refuted', 'verified'],
      ['refuted', 'verified', 'verified'],
    ]);
  });

  it('holds neither programs nor values, and none for health checks', async () => {
    const { program } = rightClaim();
    const source = `${program?.source ?? ''}# SECRET\n`;
    await fetch(`${daemon.url}/livez`);
    await fetch(`${daemon.url}/readyz`);
    await post('/v1/verify?q=SECRET', { ...rightClaim(), program: { ...program, source } });
    await post('/v1/verify', { program: 'SECRET' });
    const spans = await spansOf(3);
    expect(JSON.stringify(spans.map(({ name, attributes, events }) => [name, attributes, events]))).not.toContain(
      'SECRET',
    );
    expect(spans.map(({ attributes }) => attributes['http.response.status_code']).filter(Boolean)).toEqual([200, 400]);
  });
});
