import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { GivenProgram } from '../../../src/cli/claims.ts';
import { readClaims } from '../../../src/cli/claims.ts';
import { CliError } from '../../../src/cli/cli-error.ts';

const NOTHING: GivenProgram = { file: undefined, source: undefined, entry: undefined, python: undefined };
const PROGRAM: GivenProgram = { file: 'f.py', source: 'def f(): pass\n', entry: { call: 'f()' }, python: undefined };
const PROMPT = '<|begin_of_text|><|trace_context_start|>\nx = 1\n<|frame_sep|>';
const REQUEST = { program: { source: 'x = 1\n' }, claim: { kind: 'output', returns: 'None' } };

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-claims-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function read(name: string, text: string, given: GivenProgram = NOTHING) {
  const file = join(folder, name);
  writeFileSync(file, text);
  return (await Array.fromAsync(readClaims(file, given))).map((claim) => ({
    ...claim,
    subject: { ...claim.subject, name: claim.subject.name.replace(folder, '') },
  }));
}

describe('claims from files', () => {
  it('reads a prompt with its trace, whose lines are lines of the file', async () => {
    const [claim] = await read('a.cwm', `\n${PROMPT}…`);
    expect(claim).toMatchObject({
      request: { claim: { kind: 'trace', format: 'cwm', text: `\n${PROMPT}…` } },
      subject: { source: '\nx = 1\n', program: { lineOffset: 1 } },
    });
    expect(claim).not.toHaveProperty('request.program');
  });

  it('lets --python say the version of a prompt', async () => {
    const [claim] = await read('a.cwm', PROMPT, { ...NOTHING, python: '3.11' });
    expect(claim).toMatchObject({ request: { program: { source: '\nx = 1\n', python: '3.11' } } });
  });

  it('reads a trace alone about the program that is given', async () => {
    const [claim] = await read('a.txt', '{}def f(): pass\n', PROGRAM);
    expect(claim).toMatchObject({
      request: { program: { source: PROGRAM.source, entry: { call: 'f()' } }, claim: { text: '{}def f(): pass\n' } },
      subject: { program: { name: 'f.py', lineOffset: 0 } },
    });
  });

  it('says how to mend a trace alone without a program', async () => {
    const [claim] = await read('a.txt', '{}def f(): pass\n');
    expect(claim).toMatchObject({ problem: { code: 'invalid-request', detail: expect.stringContaining('--program') } });
  });

  it('reads requests, one a file or one a line, and gives each bad one its own fault', async () => {
    expect(await read('a.json', JSON.stringify(REQUEST, null, 2))).toMatchObject([{ request: REQUEST }]);
    const lines = await read(
      'a.jsonl',
      `${JSON.stringify(REQUEST)}\n\n{"claim": 3}\nnope\r\n${JSON.stringify(REQUEST)}`,
    );
    expect(lines).toMatchObject([
      { subject: { name: '/a.jsonl#1' }, request: REQUEST },
      { subject: { name: '/a.jsonl#3' }, problem: { errors: [{ path: '/claim' }] } },
      { subject: { name: '/a.jsonl#4' }, problem: { code: 'invalid-request' } },
      { subject: { name: '/a.jsonl#5' }, request: REQUEST },
    ]);
  });

  it('gives the program to requests that bring none, and to frames', async () => {
    const { claim } = REQUEST;
    expect(await read('a.json', JSON.stringify({ claim }), PROGRAM)).toMatchObject([
      { request: { claim, program: { source: PROGRAM.source } } },
    ]);
    expect(await read('a.json', JSON.stringify(REQUEST), PROGRAM)).toMatchObject([{ request: REQUEST }]);
    expect(await read('b.json', '{"format": "json", "frames": [{}]}', PROGRAM)).toMatchObject([
      { request: { claim: { kind: 'trace', format: 'json', frames: [{}] } } },
    ]);
  });

  it('takes no program for a claim', async () => {
    await expect(read('a.py', 'x = 1\n')).rejects.toThrow(CliError);
  });
});
