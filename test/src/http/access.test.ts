import { describe, expect, it } from 'vitest';
import { Problem } from '../../../core/fault.ts';
import { rightClaim, useDaemon } from './harness.ts';

const SECRET = 'correct-horse-battery';
const OTHER = 'staple-staple-staple';

const tokens = [
  { name: 'trainer', secret: SECRET },
  { name: 'trainer', secret: 'the-next-one-of-its-own' },
  { name: 'ci', secret: OTHER },
];

describe('with tokens', () => {
  const daemon = useDaemon({}, { tokens });

  const ask = (authorization?: string, url = '/v1/verify') =>
    daemon.server.inject({
      method: 'POST',
      url,
      payload: JSON.stringify(rightClaim()),
      headers: { 'content-type': 'application/json', ...(authorization !== undefined && { authorization }) },
    });

  it.each([`Bearer ${SECRET}`, 'Bearer the-next-one-of-its-own', `bearer  ${OTHER} `])('lets in %j', async (header) => {
    expect((await ask(header)).statusCode).toBe(200);
  });

  it.each([
    ['no header', undefined],
    ['an empty one', ''],
    ['another scheme', `Basic ${SECRET}`],
    ['a bare secret', SECRET],
    ['a wrong secret', `Bearer ${SECRET}x`],
    ['a part of it', `Bearer ${SECRET.slice(0, -1)}`],
    ['a name', 'Bearer trainer'],
    ['two secrets', `Bearer ${SECRET} ${OTHER}`],
    ['a secret in another case', `Bearer ${SECRET.toUpperCase()}`],
    ['much text', `Bearer ${'x'.repeat(10_000)}`],
  ])('keeps out %s', async (_name, header) => {
    const answer = await ask(header);
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['www-authenticate']).toMatch(/^Bearer/);
    expect(Problem.parse(answer.json()).code).toBe('unauthorized');
    expect(answer.body).not.toContain(SECRET);
  });

  it('tells strangers nothing of which routes there are', async () => {
    const answers = await Promise.all(['/v1/verify', '/v1/nope', '/openapi.json', '/docs'].map((url) => ask('', url)));
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401]);
  });

  it('leaves the probes open', async () => {
    expect((await daemon.server.inject('/livez')).statusCode).toBe(200);
    expect((await daemon.server.inject('/readyz')).statusCode).toBe(200);
  });
});

describe('with a quota', () => {
  const daemon = useDaemon({}, { tokens, quota: 3 });

  const ask = (secret: string) =>
    daemon.server.inject({
      method: 'POST',
      url: '/v1/verify',
      payload: JSON.stringify(rightClaim()),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    });

  it('a caller over its own is 429 with Retry-After, and others are not', async () => {
    for (let i = 0; i < 3; i++) expect((await ask(SECRET)).statusCode).toBe(200);
    const refused = await ask('the-next-one-of-its-own');
    expect(refused.statusCode).toBe(429);
    const seconds = Number(refused.headers['retry-after']);
    expect(seconds).toBeGreaterThanOrEqual(1);
    expect(seconds).toBeLessThanOrEqual(60);
    expect(Problem.parse(refused.json())).toMatchObject({ code: 'over-quota', status: 429 });
    expect((await ask(OTHER)).statusCode).toBe(200);
  });

  it('probes count against nobody’s', async () => {
    for (let i = 0; i < 5; i++) expect((await daemon.server.inject('/livez')).statusCode).toBe(200);
  });
});
