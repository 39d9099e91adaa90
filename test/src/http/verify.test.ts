import { describe, expect, it } from 'vitest';
import { VerifyResponse } from '../../../core/verdict.ts';
import { renderPrompt } from '../../../neural/formats/cwm/prompt.ts';
import { TraceResponse } from '../../../src/verify/trace-request.ts';
import { rightClaim, useDaemon, wrongClaim } from './harness.ts';

const daemon = useDaemon();

const SOURCE =
  'def f(n):\n    total = 0\n    for i in range(n):\n        total += i\n    return total\n\ndef main():  # << START_OF_TRACE\n    return f(3)\n';

async function post(url: string, payload: object | string) {
  const answer = await daemon.server.inject({
    method: 'POST',
    url,
    payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
    headers: { 'content-type': 'application/json' },
  });
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

async function verify(payload: object | string): Promise<VerifyResponse> {
  return VerifyResponse.parse(await post('/v1/verify', payload));
}

async function trueTrace(format: 'cwm' | 'json' = 'cwm'): Promise<TraceResponse> {
  return TraceResponse.parse(await post('/v1/trace', { program: { source: SOURCE, python: '3.10' }, format }));
}

describe('POST /v1/trace and /v1/verify', () => {
  it('a true trace is verified, with its prompt alone', async () => {
    const trace = await trueTrace();
    expect(trace).toMatchObject({ format: 'cwm', status: 'returned', output: { returns: '3' } });
    const text = renderPrompt(SOURCE) + trace.text;
    expect(await verify({ claim: { kind: 'trace', format: 'cwm', text } })).toMatchObject({
      status: 'verified',
      kind: 'trace',
    });
  });

  it('true frames are verified', async () => {
    const { frames } = await trueTrace('json');
    const program = { source: SOURCE, python: '3.10' };
    expect(await verify({ program, claim: { kind: 'trace', format: 'json', frames } })).toMatchObject({
      status: 'verified',
    });
  });

  it('a wrong value is corrected, and a wrong claim without correction refuted', async () => {
    const { text = '' } = await trueTrace();
    const wrong = renderPrompt(SOURCE) + text.replace('"total": "1"', '"total": "7"');
    const claim = { kind: 'trace', format: 'cwm', text: wrong };
    expect(await verify({ claim })).toMatchObject({
      status: 'corrected',
      divergence: { kind: 'value', family: 'state', variables: [{ name: 'total', predicted: '7', observed: '1' }] },
      correction: { format: 'cwm' },
    });
    expect(await verify({ claim, options: { correction: false } })).toMatchObject({
      status: 'refuted',
      correction: null,
    });
    expect((await verify(wrongClaim())).status).not.toBe('verified');
    expect(await verify(rightClaim())).toMatchObject({ status: 'verified' });
  });

  it.each(['__proto__', 'constructor', 'toString'])('a local may be called %s', async (name) => {
    const program = {
      source: `def f():\n    ${name} = 1\n    return ${name}\n`,
      entry: { call: 'f()' },
      python: '3.10',
    };
    const claim = (value: string) =>
      `{"program": ${JSON.stringify(program)}, "claim": {"kind": "sparse", "states": [{"line": 3, "locals": {"${name}": "${value}"}}]}}`;
    expect((await verify(claim('1'))).status).toBe('verified');
    expect((await verify(claim('2'))).status).not.toBe('verified');
  });

  it('a claim about nothing that the program has is wrong, whatever JavaScript objects have', async () => {
    const program = { source: 'def f():\n    a = 1\n    return a\n', entry: { call: 'f()' }, python: '3.10' };
    for (const name of ['__proto__', 'constructor']) {
      const locals = `{"${name}": "1"}`;
      const body = `{"program": ${JSON.stringify(program)}, "claim": {"kind": "sparse", "states": [{"line": 3, "locals": ${locals}}]}}`;
      expect(['refuted', 'corrected']).toContain((await verify(body)).status);
    }
  });
});

const MEBIBYTE = 1024 * 1024;

/** Whatever a model wrote gets a verdict, in bounded time. */
describe('hostile claims get a verdict', () => {
  const frame = { event: 'line', line: 1, function: 'f', locals: { x: '1' } };
  const noise = Array.from({ length: 16 * 1024 }, (_, i) => String.fromCodePoint(33 + ((i * 7919) % 9000))).join('');

  it.each<[string, () => unknown]>([
    ['text that does not parse', () => ({ kind: 'trace', format: 'cwm', text: 'I think it returns 4.' })],
    ['an empty trace', () => ({ kind: 'trace', format: 'cwm', text: '' })],
    ['a prompt only', () => ({ kind: 'trace', format: 'cwm', text: renderPrompt(SOURCE) })],
    ['a thinking block', () => ({ kind: 'trace', format: 'cwm', text: '<think>{"a": "1"}</think>' })],
    [
      '16 MB of noise',
      () => ({ kind: 'trace', format: 'cwm', text: noise.repeat((16 * MEBIBYTE) / noise.length / 2) }),
    ],
    ['16 MB of braces', () => ({ kind: 'trace', format: 'cwm', text: '{'.repeat(16 * MEBIBYTE) })],
    ['16 MB of frame ends', () => ({ kind: 'trace', format: 'cwm', text: '<|frame_sep|>'.repeat(MEBIBYTE) })],
    [
      'NaN in the locals',
      () => ({ kind: 'trace', format: 'cwm', text: '<|call_sep|>{"a": NaN}<|action_sep|>def main():\n<|frame_sep|>' }),
    ],
    [
      'a key twice',
      () => ({
        kind: 'trace',
        format: 'cwm',
        text: '<|call_sep|>{"a": "1", "a": "2"}<|action_sep|>def main():\n<|frame_sep|>',
      }),
    ],
    [
      'lone surrogates',
      () => ({
        kind: 'trace',
        format: 'cwm',
        text: '<|call_sep|>{"\\ud800": "\\udc00"}<|action_sep|>\ud800\n<|frame_sep|>',
      }),
    ],
    ['an unknown token id', () => ({ kind: 'trace', format: 'cwm-ids', tokens: [128_100, 999_999_999, 'x'] })],
    ['10^6 frames', () => ({ kind: 'trace', format: 'json', frames: Array.from({ length: 1_000_000 }, () => 0) })],
    [
      '100,000 whole frames',
      () => ({ kind: 'trace', format: 'json', frames: Array.from({ length: 100_000 }, () => frame) }),
    ],
    [
      'frames of any shape',
      () => ({ kind: 'trace', format: 'json', frames: [null, [], { event: 'line', locals: 3 }] }),
    ],
  ])('%s', async (_name, claim) => {
    const began = performance.now();
    const response = await verify({ program: { source: SOURCE, python: '3.10' }, claim: claim() });
    expect(['refuted', 'corrected']).toContain(response.status);
    expect(response.divergence).toMatchObject({ frame: 0 });
    expect(performance.now() - began).toBeLessThan(15_000);
  });

  it('JSON of any depth inside a frame', async () => {
    const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
    const program = JSON.stringify({ source: SOURCE, python: '3.10' });
    const response = await verify(
      `{"program": ${program}, "claim": {"kind": "trace", "format": "json", "frames": [${deep}]}}`,
    );
    expect(response).toMatchObject({ divergence: { kind: 'format', frame: 0 } });
    expect(['refuted', 'corrected']).toContain(response.status);
  });
});
