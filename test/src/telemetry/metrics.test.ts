import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { MetricSpec } from '../../../src/telemetry/metrics.ts';
import { METRICS } from '../../../src/telemetry/metrics.ts';
import { rightClaim, slowClaim, useDaemon, wrongClaim } from '../http/harness.ts';

const SECRET = 'correct-horse-battery';
const daemon = useDaemon({ queue: 0 }, { metrics: 'open', tokens: [{ name: 'ci', secret: SECRET }] });

const ask = (payload: unknown) =>
  daemon.server.inject({
    method: 'POST',
    url: '/v1/verify?q=SECRET',
    payload: JSON.stringify(payload),
    headers: { 'content-type': 'application/json', authorization: `Bearer ${SECRET}` },
  });

async function samples(): Promise<Map<string, number>> {
  const { body, headers } = await daemon.server.inject('/metrics');
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  const lines = body.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const end = line.lastIndexOf(' ');
      return [line.slice(0, end), Number(line.slice(end + 1))];
    }),
  );
}

describe('/metrics', () => {
  it('has every metric of the table with its type, and no other of that prefix', async () => {
    const { body } = await daemon.server.inject('/metrics');
    const types = Array.from(body.matchAll(/^# TYPE (assay_\w+) (\w+)$/gm), ([, name, type]) => [name, type]);
    expect(types).toEqual(Object.entries(METRICS).map(([name, { type }]) => [name, type]));
    expect(body).toContain('process_resident_memory_bytes ');
  });

  it('counts verdicts, faults and requests, and names nothing that a caller made up', async () => {
    await ask(rightClaim());
    await ask(wrongClaim());
    const busy = ask(slowClaim(1_000));
    await expect.poll(async () => (await samples()).get('assay_workers{pool="3.10",state="busy"}')).toBe(1);
    expect((await ask(rightClaim())).statusCode).toBe(503);
    await busy;
    await ask({ program: { source: 'SECRET' } });
    await daemon.server.inject('/SECRET');
    await daemon.server.inject('/readyz');
    const found = await samples();
    expect(Object.fromEntries(found)).toMatchObject({
      'assay_verifications_total{verdict="verified",kind="output",face="verify"}': 1,
      'assay_verifications_total{verdict="refuted",kind="output",face="verify"}': 1,
      'assay_verifications_total{verdict="inconclusive",kind="output",face="verify"}': 1,
      'assay_inconclusive_total{reason="budget"}': 1,
      'assay_faults_total{code="queue-full"}': 1,
      'assay_http_requests_total{method="POST",route="/v1/verify",status="200"}': 3,
      'assay_http_requests_total{method="POST",route="/v1/verify",status="503"}': 1,
      'assay_http_requests_total{method="POST",route="/v1/verify",status="400"}': 1,
      'assay_http_requests_total{method="GET",route="none",status="401"}': 1,
      'assay_stage_duration_seconds_count{stage="replay"}': 3,
      assay_ready: 1,
      'assay_workers{pool="3.10",state="busy"}': 0,
    });
    expect(found.get('assay_stage_duration_seconds_sum{stage="replay"}')).toBeGreaterThan(0.5);
    expect([...found.keys()].filter((name) => name.includes('SECRET'))).toEqual([]);
  });
});

describe('the table of metrics', () => {
  it('stands in the README as it is', () => {
    const readme = readFileSync(new URL('../../../src/telemetry/README.md', import.meta.url), 'utf8');
    const rows = Object.entries<MetricSpec>(METRICS).map(
      ([name, { type, labels, help }]) =>
        `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${help} |`,
    );
    expect(readme.split('\n').filter((line) => line.startsWith('| `assay_'))).toEqual(rows);
  });

  it.each(Object.entries<MetricSpec>(METRICS))('%s is named by the conventions', (name, { type, help, labels }) => {
    expect(name).toMatch(/^assay_[a-z_]+$/);
    expect(name.endsWith('_total')).toBe(type === 'counter');
    if (type === 'histogram') expect(name).toMatch(/_seconds$/);
    expect(help).toMatch(/\.$/);
    expect(labels.filter((label) => !/^[a-z_]+$/.test(label))).toEqual([]);
  });
});

describe('who may read them', () => {
  const closed = useDaemon({}, { metrics: 'callers', tokens: [{ name: 'ci', secret: SECRET }] });
  const off = useDaemon({}, {});

  it('callers, nobody', async () => {
    expect((await closed.server.inject('/metrics')).statusCode).toBe(401);
    const authorization = `Bearer ${SECRET}`;
    expect((await closed.server.inject({ url: '/metrics', headers: { authorization } })).statusCode).toBe(200);
    expect((await off.server.inject('/metrics')).statusCode).toBe(404);
  });
});
