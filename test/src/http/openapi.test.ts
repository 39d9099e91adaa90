import { describe, expect, it } from 'vitest';
import { useDaemon } from './harness.ts';

const daemon = useDaemon();

async function document() {
  const answer = await daemon.server.inject('/openapi.json');
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

describe('/openapi.json', () => {
  it('describes every route in OpenAPI 3.1', async () => {
    const { openapi, paths } = await document();
    expect(openapi).toMatch(/^3\.1\./);
    expect(Object.keys(paths).sort()).toEqual([
      '/.well-known/jwks.json',
      '/bridges/nemo-gym/reverify_mode',
      '/bridges/nemo-gym/seed_session',
      '/bridges/nemo-gym/verify',
      '/bridges/open-r1/execute_batch',
      '/bridges/open-r1/health',
      '/bridges/openenv/health',
      '/bridges/openenv/metadata',
      '/bridges/openenv/reset',
      '/bridges/openenv/schema',
      '/bridges/openenv/state',
      '/bridges/openenv/step',
      '/bridges/openrlhf/get_reward',
      '/bridges/sandbox-fusion/run_code',
      '/bridges/slime/rm',
      '/livez',
      '/readyz',
      '/v1/explore',
      '/v1/gate',
      '/v1/patch',
      '/v1/reward',
      '/v1/simulate',
      '/v1/trace',
      '/v1/verify',
      '/v1/verify/batch',
    ]);
  });

  it('has each schema once', async () => {
    const names = Object.keys((await document()).components.schemas);
    for (const name of [
      'Program',
      'Claim',
      'VerifyRequest',
      'VerifyResponse',
      'BatchRequest',
      'BatchLine',
      'Problem',
      'Metrics',
    ]) {
      expect(names).toContain(name);
    }
    expect(
      names.filter((name) => /(Input|Output)$/.test(name) && names.includes(name.replace(/(Input|Output)$/, ''))),
    ).toEqual([]);
  });

  it('leaves no schema empty and no reference open', async () => {
    const { paths, components } = await document();
    const walk = (value: unknown, where: string): void => {
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        const place = `${where}/${key}`;
        if (key === 'schema') expect(Object.keys(inner), place).not.toEqual([]);
        if (key === '$ref') {
          const name = String(inner).replace('#/components/schemas/', '');
          expect(components.schemas, place).toHaveProperty(name);
        }
        walk(inner, place);
      }
    };
    walk(paths, '#/paths');
    walk(components.schemas, '#/components/schemas');
  });

  it('says which errors each route has', async () => {
    const { paths } = await document();
    for (const route of ['/v1/verify', '/v1/verify/batch', '/v1/trace', '/v1/reward']) {
      expect(Object.keys(paths[route].post.responses)).toEqual([
        '200',
        '400',
        '401',
        '413',
        '415',
        '429',
        '500',
        '503',
      ]);
    }
  });

  it('is shown at /docs', async () => {
    const answer = await daemon.server.inject('/docs');
    expect([answer.statusCode, answer.headers['content-type']]).toEqual([200, 'text/html; charset=utf-8']);
  });
});

describe('probes', () => {
  it('the process lives', async () => {
    expect((await daemon.server.inject('/livez')).json()).toEqual({ status: 'live' });
  });

  it('it is ready when a canary was replayed', async () => {
    const answer = await daemon.server.inject('/readyz');
    expect([answer.statusCode, answer.json().status]).toEqual([200, 'ready']);
  });
});
