import { describe, expect, it } from 'vitest';
import { Problem } from '../../../core/fault.ts';
import { rightClaim, useDaemon } from './harness.ts';

const daemon = useDaemon({}, { bodyLimit: 64 * 1024, batchLimit: 256 * 1024 });

const JSON_TYPE = { 'content-type': 'application/json' };

async function post(url: string, payload: string | Buffer, headers: Record<string, string> = JSON_TYPE) {
  const answer = await daemon.server.inject({ method: 'POST', url, payload, headers });
  return { answer, problem: Problem.parse(answer.json()) };
}

function withClaim(claim: unknown, rest: object = {}): string {
  return JSON.stringify({ program: { source: 'x = 1\n' }, claim, ...rest });
}

const OUTPUT = { kind: 'output', returns: '1' };

describe('a broken request is 400, and names each place', () => {
  it.each([
    ['no body', '', ['']],
    ['not JSON', '{"program": ', ['']],
    ['NaN', '{"claim": NaN}', ['']],
    ['a lone word', 'hello', ['']],
    ['another type of document', '[]', ['']],
    ['null', 'null', ['']],
    ['no claim', '{}', ['/claim']],
    ['an unknown kind', withClaim({ kind: 'wish' }), ['/claim/kind']],
    ['an unknown format', withClaim({ kind: 'trace', format: 'xml', text: '' }), ['/claim/format']],
    ['an unknown field', withClaim(OUTPUT, { porgram: 1 }), ['/porgram']],
    ['an unknown field deep inside', withClaim({ ...OUTPUT, 'a/b': 1 }), ['/claim/a~1b']],
    [
      'wrong types',
      withClaim({ kind: 'sparse', states: [{ line: '7', locals: { a: 1 } }] }),
      ['/claim/states/0/line', '/claim/states/0/locals/a'],
    ],
    [
      'several faults at once',
      '{"program": {"source": 1, "python": "2.7"}, "claim": {"kind": "halts"}}',
      ['/claim/halts', '/program/python', '/program/source'],
    ],
    [
      'a budget out of range',
      withClaim(OUTPUT, { options: { budget: { steps: 0, ms: 1e9 } } }),
      ['/options/budget/ms', '/options/budget/steps'],
    ],
    ['a claim without its program', JSON.stringify({ claim: OUTPUT }), ['/program']],
    [
      'a key that JavaScript would misuse',
      '{"__proto__": {"claim": 1}, "claim": {"kind": "halts", "halts": true}}',
      ['/__proto__'],
    ],
  ])('%s', async (_name, body, paths) => {
    const { answer, problem } = await post('/v1/verify', body);
    expect(answer.statusCode).toBe(400);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(problem).toMatchObject({ code: 'invalid-request', status: 400, type: 'urn:assay:problem:invalid-request' });
    expect(problem.errors?.map(({ path }) => path).sort()).toEqual(paths);
  });

  it('trace requests and batches too', async () => {
    expect((await post('/v1/trace', '{"format": "pdf"}')).problem.errors?.map(({ path }) => path).sort()).toEqual([
      '/format',
      '/program',
    ]);
    expect((await post('/v1/verify/batch', '{"itmes": []}')).problem.errors?.map(({ path }) => path).sort()).toEqual([
      '/items',
      '/itmes',
    ]);
  });

  it('JSON of any depth is read without harm', async () => {
    const deep = `${'['.repeat(30_000)}${']'.repeat(30_000)}`;
    const { answer, problem } = await post('/v1/verify', `{"claim": ${deep}}`);
    expect(answer.statusCode).toBe(400);
    expect(problem.errors?.[0]?.path).toBe('/claim');
  });

  it('a URL that cannot be decoded', async () => {
    const answer = await daemon.server.inject('/%E0%A4%A');
    expect([answer.statusCode, Problem.parse(answer.json()).code]).toEqual([400, 'invalid-request']);
  });
});

describe('other errors are problems too', () => {
  it('404, without what stands in the query', async () => {
    const answer = await daemon.server.inject('/v1/nope?secret=1');
    expect(answer.statusCode).toBe(404);
    expect(Problem.parse(answer.json())).toMatchObject({ code: 'not-found', detail: 'no route /v1/nope' });
  });

  it('405, with what is allowed', async () => {
    const answer = await daemon.server.inject({ method: 'DELETE', url: '/v1/verify' });
    expect([answer.statusCode, answer.headers.allow]).toEqual([405, 'POST']);
    expect(Problem.parse(answer.json()).code).toBe('method-not-allowed');
  });

  it('413', async () => {
    const { answer, problem } = await post(
      '/v1/verify',
      withClaim({ kind: 'trace', format: 'cwm', text: 'x'.repeat(65_536) }),
    );
    expect([answer.statusCode, problem.code]).toEqual([413, 'too-large']);
  });

  it.each([
    ['another type', { 'content-type': 'text/plain' }],
    ['no type', {}],
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['a compressed body', { ...JSON_TYPE, 'content-encoding': 'gzip' }],
  ])('415 for %s', async (_name, headers) => {
    const { answer, problem } = await post('/v1/verify', JSON.stringify(rightClaim()), headers);
    expect([answer.statusCode, problem.code]).toEqual([415, 'unsupported-media']);
  });

  it('tells nothing of the inside, and gives the id by which the log can be searched', async () => {
    const headers = { ...JSON_TYPE, 'x-request-id': 'abc-1' };
    const { answer } = await post('/v1/verify', '{}', headers);
    expect(answer.headers['x-request-id']).toBe('abc-1');
    const forged = await post('/v1/verify', '{}', { ...JSON_TYPE, 'x-request-id': 'a b' });
    expect(forged.answer.headers['x-request-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
