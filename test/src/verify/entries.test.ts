import { describe, expect, it } from 'vitest';
import type { Entry, Program, PythonVersion } from '../../../core/program.ts';
import { VerifyRequest } from '../../../core/verdict.ts';
import { renderPrompt } from '../../../neural/formats/cwm/prompt.ts';
import { ask, useEngine, verdictOf } from './engine.ts';
import { asTagged } from './trace-forms.ts';

const engine = useEngine();
const VERIFIED = { status: 'verified' };

const MARKED = `def double(n):
    return n * 2

def main(a, b=1, *rest, k=0, **more):  # << START_OF_TRACE
    return double(a) + b + len(rest) + k + len(more)

RESULT = double(4)
`;

/** What a program does, in one line a frame. */
async function runOf(program: Program): Promise<{ run: string[]; ends: object }> {
  const { frames = [], output, status } = await engine.assay.trace({ program });
  return { run: frames.map((frame) => `${frame.event} ${frame.line} ${frame.function}`), ends: { status, ...output } };
}

describe('an entry', () => {
  const python = '3.10';

  it('that is a call starts with the frame of what it calls; its arguments run before', async () => {
    const program: Program = { source: MARKED, entry: { call: 'double(double(3) + 1)' }, python };
    expect(await runOf(program)).toEqual({
      run: ['call 1 double', 'line 2 double', 'return 2 double'],
      ends: { status: 'returned', returns: '14' },
    });
  });

  it('that is a script runs the module as `__main__`', async () => {
    const source = "x = 1\nif __name__ == '__main__':\n    x += 1\n";
    const { run, ends } = await runOf({ source, entry: { script: true }, python });
    expect(run).toEqual([
      'call 1 <module>',
      'line 1 <module>',
      'line 2 <module>',
      'line 3 <module>',
      'return 3 <module>',
    ]);
    expect(ends).toEqual({ status: 'returned', returns: 'None' });
  });

  it('is the marked function by default, else the script', async () => {
    const marked = 'def main():  # << START_OF_TRACE\n    return 1\n';
    expect((await runOf({ source: marked, python })).run[0]).toBe('call 1 main');
    expect((await runOf({ source: 'def main():\n    return 1\n', python })).run[0]).toBe('call 1 <module>');
  });

  it('that is an expression but no call is evaluated', async () => {
    expect((await runOf({ source: MARKED, entry: { call: 'RESULT + 1' }, python })).ends).toEqual({
      status: 'returned',
      returns: '9',
    });
  });

  it.each<[string, string, Entry, object]>([
    ['calls a function that is not there', 'x = 1\n', { call: 'f()' }, { raises: 'NameError' }],
    ['has arguments that fail', MARKED, { call: 'double(1 / 0)' }, { raises: 'ZeroDivisionError' }],
    ['has too few arguments', MARKED, { call: 'double()' }, { raises: 'TypeError' }],
    ['does not parse', MARKED, { call: 'double(' }, { raises: 'SyntaxError' }],
    ['is a statement', MARKED, { call: 'x = 1' }, { raises: 'SyntaxError' }],
    ['is in a program that does not parse', 'def f(:\n', { call: 'f()' }, { raises: 'SyntaxError' }],
    [
      'is in a program that raises at import',
      '1 / 0\ndef f():\n    pass\n',
      { call: 'f()' },
      { raises: 'ZeroDivisionError' },
    ],
    ['is in a program with a NUL', 'x = "\0"\n', { script: true }, {}],
    ['is in a program with a lone surrogate', 'x = "\ud800"\n', { script: true }, {}],
  ])('that %s raises, and no trace of it is verified', async (_, source, entry, ends) => {
    const program: Program = { source, entry, python };
    const ran = await runOf(program);
    expect(ran).toMatchObject({ ends: { status: 'raised', ...ends } });
    const frames = [
      { event: 'call', line: 1, function: 'f', locals: {} },
      { event: 'line', line: 2, function: 'f', locals: {} },
      { event: 'return', line: 2, function: 'f', arg: '1' },
    ];
    expect(await ask(engine, { program, claim: { kind: 'trace', format: 'json', frames } })).toEqual({
      status: 'refuted',
      kind: 'event',
      frame: 0,
    });
  });

  it('that is marked takes its arguments from the first claimed frame', async () => {
    const locals = { a: '5', b: '2', k: '1', rest: '(7, 8)', more: "{'z': 0}" };
    const frames = [
      { event: 'call', line: 4, function: 'main', locals },
      { event: 'line', line: 5, function: 'main', locals },
      { event: 'call', line: 1, function: 'double', locals: { n: '5' } },
      { event: 'line', line: 2, function: 'double', locals: { n: '5' } },
      { event: 'return', line: 2, function: 'double', arg: '10' },
      { event: 'return', line: 5, function: 'main', arg: '16' },
    ];
    const program: Program = { source: MARKED, python };
    const claim = (claimed: object[]) => ({
      program,
      claim: { kind: 'trace', format: 'json', frames: claimed } as const,
    });
    expect(await ask(engine, claim(frames))).toEqual(VERIFIED);
    const wrong = frames.with(5, { event: 'return', line: 5, function: 'main', arg: '17' });
    expect(await ask(engine, claim(wrong))).toEqual({ status: 'corrected', kind: 'argument', frame: 5 });
  });

  it('that is marked cannot take an argument that is no literal', async () => {
    const source = 'def main(a):  # << START_OF_TRACE\n    return 1\n';
    const written = (value: string) => ({
      program: { source, python } as const,
      claim: asTagged(
        `<|call_sep|>{"a": "${value}"}<|action_sep|>def main(a):\n<|frame_sep|><|line_sep|>{"a": ".."}<|action_sep|>    return 1\n<|frame_sep|><|return_sep|><|action_sep|>    return 1\n<|arg_sep|>"1"<|frame_sep|><|end_of_text|>`,
      ),
    });
    expect(await ask(engine, written('[1, None]'))).toEqual(VERIFIED);
    expect((await ask(engine, written('<object object>'))).status).not.toBe('verified');
    expect((await ask(engine, written("__import__('os')"))).status).not.toBe('verified');
  });
});

describe('the world of a program', () => {
  const returns = (source: string, world: Program['world'], value: string) =>
    ask(engine, {
      program: { source, entry: { call: 'f()' }, python: '3.10', ...(world && { world }) },
      claim: { kind: 'output', returns: value },
    });

  it('has the seed that it is given, 0 by default', async () => {
    const source = 'import random\n\ndef f():\n    return random.randrange(10 ** 6)\n';
    const { output } = await engine.assay.trace({ program: { source, entry: { call: 'f()' }, python: '3.10' } });
    const value = output.returns ?? '';
    expect(await returns(source, undefined, value)).toEqual(VERIFIED);
    expect(await returns(source, { seed: 0 }, value)).toEqual(VERIFIED);
    expect(await returns(source, { seed: 1 }, value)).toMatchObject({ status: 'refuted' });
  });

  it('has the clock that it is given', async () => {
    const source = 'import datetime\n\ndef f():\n    return datetime.datetime.utcnow().isoformat()[:10]\n';
    expect(await returns(source, undefined, "'2026-01-01'")).toEqual(VERIFIED);
    expect(await returns(source, { clock: '1999-12-31T23:59:58+01:00' }, "'1999-12-31'")).toEqual(VERIFIED);
  });

  it('has the standard input that it is given', async () => {
    const source = 'def f():\n    return input(), input()\n';
    expect(await returns(source, { stdin: 'a\né\n' }, "('a', 'é')")).toEqual(VERIFIED);
  });

  it('has the files that it is given, and no others of a run before', async () => {
    const source =
      "import os\n\ndef f():\n    open('new.txt', 'w').write('x')\n    return open('data.txt').read(), sorted(os.listdir('.'))\n";
    const files = { 'data.txt': 'é\n', 'sub/deep.txt': '' };
    const value = "('é\\n', ['data.txt', 'new.txt', 'sub'])";
    expect(await returns(source, { files }, value)).toEqual(VERIFIED);
    expect(await returns(source, { files }, value)).toEqual(VERIFIED);
  });
});

describe('the Python of a request', () => {
  const SEES = 'import sys\n\ndef main():  # << START_OF_TRACE\n    return sys.version_info[:2]\n';
  const traceText = (value: string) =>
    `<|call_sep|>{}<|action_sep|>def main():\n<|frame_sep|><|line_sep|>{}<|action_sep|>    return sys.version_info[:2]\n<|frame_sep|><|return_sep|><|action_sep|>    return sys.version_info[:2]\n<|arg_sep|>"${value}"<|frame_sep|><|end_of_text|>`;

  it('is 3.10 for claims in CWM format, else 3.14', async () => {
    const cwm = await engine.assay.verify({ program: { source: SEES }, claim: asTagged(traceText('(3, 10)')) });
    expect(cwm).toMatchObject({ status: 'verified', stamp: { python: '3.10.2' } });
    const output = { kind: 'output', returns: '(3, 14)' } as const;
    const other = await engine.assay.verify({ program: { source: SEES }, claim: output });
    expect(other.status).toBe('verified');
    expect(other.stamp.python).toMatch(/^3\.14\./);
  });

  it.each(['3.10', '3.11', '3.14'] as const)('is %s where it says so', async (python) => {
    const value = `(3, ${python.slice(2)})`;
    const program: Program = { source: SEES, python };
    expect(await ask(engine, { program, claim: asTagged(traceText(value)) })).toEqual(VERIFIED);
    expect(await ask(engine, { program, claim: { kind: 'output', returns: value } })).toEqual(VERIFIED);
    const wrong = await ask(engine, { program, claim: asTagged(traceText('(3, 9)')) });
    expect(wrong).toEqual({ status: 'corrected', kind: 'argument', frame: 2 });
  });

  it('decides what is syntax', async () => {
    const source =
      'def f():\n    try:\n        raise ValueError\n    except* ValueError:\n        pass\n    return 2\n';
    const verdict = (python: PythonVersion) =>
      ask(engine, { program: { source, python, entry: { call: 'f()' } }, claim: { kind: 'output', returns: '2' } });
    expect(await verdict('3.11')).toEqual(VERIFIED);
    expect(await verdict('3.10')).toEqual({ status: 'refuted', kind: 'event', frame: 0 });
  });
});

describe('a request', () => {
  const program: Program = { source: MARKED, entry: { call: 'double(3)' }, python: '3.10' };
  const frames = [
    { event: 'call', line: 1, function: 'double', locals: { n: '3' } },
    { event: 'line', line: 2, function: 'double', locals: { n: '3' } },
    { event: 'return', line: 2, function: 'double', arg: '5' },
  ];
  const claim = { kind: 'trace', format: 'json', frames } as const;

  it('without a program is a fault of the caller, unless the claim has the prompt', async () => {
    await expect(engine.assay.verify({ claim })).rejects.toMatchObject({ code: 'invalid-request' });
    const text = '<|call_sep|>{}<|action_sep|>def main():\n';
    await expect(engine.assay.verify({ claim: asTagged(text) })).rejects.toMatchObject({ code: 'invalid-request' });
    const source = 'def main():  # << START_OF_TRACE\n    return 1\n';
    const trace = await engine.assay.trace({ program: { source }, format: 'cwm' });
    expect(await ask(engine, { claim: asTagged(renderPrompt(source) + trace.text) })).toEqual(VERIFIED);
  });

  it('prefers its program to the one in the prompt', async () => {
    const source = 'def main():  # << START_OF_TRACE\n    return 1\n';
    const { text } = await engine.assay.trace({ program: { source }, format: 'cwm' });
    const prompted = asTagged(renderPrompt(source) + text);
    const other: Program = { source: source.replace('return 1', 'return 2') };
    expect(await ask(engine, { program: other, claim: prompted })).toMatchObject({ status: 'corrected', frame: 1 });
  });

  it('gets the true frames, unless it wants no correction', async () => {
    const corrected = await engine.assay.verify({ program, claim });
    expect(verdictOf(corrected)).toEqual({ status: 'corrected', kind: 'argument', frame: 2 });
    expect(corrected.correction).toEqual({
      from: 2,
      format: 'json',
      frames: [{ event: 'return', line: 2, function: 'double', arg: '6' }],
    });
    const options = VerifyRequest.shape.options.parse({ correction: false });
    const refuted = await engine.assay.verify({ program, claim, options });
    expect(verdictOf(refuted)).toEqual({ status: 'refuted', kind: 'argument', frame: 2 });
    expect(refuted.correction).toBeNull();
  });

  it('gets a claim that stops early continued', async () => {
    const { status, correction } = await engine.assay.verify({
      program,
      claim: { ...claim, frames: frames.slice(0, 2) },
    });
    expect(status).toBe('incomplete');
    expect(correction).toMatchObject({ from: 2, frames: [{ event: 'return', arg: '6' }] });
  });

  it('that wants the path checked is told whether it is the true one', async () => {
    const options = VerifyRequest.shape.options.parse({ path: 'check' });
    const { path, status } = await engine.assay.verify({ program, claim, options });
    expect(status).toBe('corrected');
    expect(path).toMatchObject({ status: 'taken', reason: null, exact: true, conditions: [], witness: null });
    expect((await engine.assay.verify({ program, claim })).path).toBeNull();
  });
});
