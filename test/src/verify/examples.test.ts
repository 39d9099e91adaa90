import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { VerifyRequest } from '../../../core/verdict.ts';
import { useEngine } from './engine.ts';

const FOLDER = new URL('../../../examples/', import.meta.url);

interface Expected {
  readonly status: string;
  readonly divergence: { readonly kind: string; readonly frame?: number } | null;
}

const engine = useEngine({ python: ['3.10', '3.14'] });
const expected = JSON.parse(read('expected.json')) as Record<string, Expected | Expected[]>;

function read(name: string): string {
  return readFileSync(new URL(name, FOLDER), 'utf8');
}

/** The requests of a file, as a client would send them. */
function requestsIn(name: string): VerifyRequest[] {
  const text = read(name);
  if (name.endsWith('.cwm')) return [VerifyRequest.parse({ claim: { kind: 'trace', format: 'cwm', text } })];
  const bodies = name.endsWith('.jsonl') ? text.trim().split('\n') : [text];
  return bodies.map((body) => VerifyRequest.parse(JSON.parse(body)));
}

describe('examples', () => {
  it.each(Object.entries(expected))('%s is as it says', async (name, wanted) => {
    const answers = await Promise.all(requestsIn(name).map((request) => engine.assay.verify(request)));
    expect(answers.map(({ status, divergence }) => ({ status, divergence }))).toEqual(
      [wanted].flat().map(({ status, divergence }) => ({
        status,
        divergence: divergence === null ? null : expect.objectContaining(divergence),
      })),
    );
  });

  it('all say what to expect', () => {
    const claims = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter(
      (name) => /\.(?:cwm|json|jsonl)$/.test(name) && name !== 'expected.json' && !name.startsWith('gate'),
    );
    expect(claims.sort()).toEqual(Object.keys(expected).sort());
  });

  it.each(Object.keys(expected).filter((name) => name.endsWith('.right.cwm')))(
    '%s is the trace as we write it',
    async (name) => {
      const text = read(name);
      const source = read(name.replace('.right.cwm', '.py'));
      const { text: trace } = await engine.assay.trace({ program: { source, python: '3.10' }, format: 'cwm' });
      expect(text).toBe(`<|begin_of_text|><|trace_context_start|>${source}<|frame_sep|>${trace}`);
    },
  );
});
