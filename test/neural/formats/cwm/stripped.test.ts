import { describe, expect, it } from 'vitest';
import { parseStripped } from '../../../../neural/formats/cwm/stripped.ts';

const LINES = [
  '',
  'def f(x):',
  '    s = \'{"x": "1"}\'  # "quoted"',
  '    return g(s,',
  '             x)',
  '{"a": "1"}',
  '"text"',
  '{"k": "1"}["k"]',
  'def main():  # << START_OF_TRACE',
  '    return f(1)',
];
const START = '{}def main():  # << START_OF_TRACE\n{}    return f(1)\n';
const EXIT = '    return f(1)\n"2"';

function parse(text: string) {
  return parseStripped(text, { lines: LINES });
}

function sources(text: string) {
  return parse(text).frames.map(({ source, arg }) => (arg === undefined ? source : `${source} => ${arg}`));
}

describe('parseStripped', () => {
  it('leaves call or line, and return or exception, open', () => {
    expect(parse(START + EXIT)).toEqual({
      frames: [
        { events: ['call', 'line'], locals: new Map(), source: 'def main():', span: { start: 0, end: 35 } },
        { events: ['call', 'line'], locals: new Map(), source: '    return f(1)', span: { start: 35, end: 53 } },
        { events: ['return', 'exception'], arg: '2', source: '    return f(1)', span: { start: 53, end: 72 } },
      ],
      ended: true,
    });
  });

  it('reads frames that follow a value without a separator', () => {
    expect(
      sources(`${START}{"x": "1"}def f(x):\n    return g(s,\n"2"{"y": "2"}    return f(1)\n${EXIT}${EXIT}`),
    ).toEqual([
      'def main():',
      '    return f(1)',
      'def f(x):',
      '    return g(s, => 2',
      '    return f(1)',
      '    return f(1) => 2',
      '    return f(1) => 2',
    ]);
  });

  it('reads source lines with braces and quotes', () => {
    const line = '    s = \'{"x": "1"}\'  # "quoted"';
    expect(sources(`{"x": "1"}${line}\n${line}\n"None"`)).toEqual([line, `${line} => None`]);
  });

  it('prefers lines of the program where both readings fit', () => {
    expect(sources('{"a": "1"}\n"None"')).toEqual(['{"a": "1"} => None']);
    expect(sources('"text"\n"None"')).toEqual(['"text" => None']);
    expect(sources('{"k": "1"}["k"]\n"\'1\'"')).toEqual(['{"k": "1"}["k"] => \'1\'']);
    expect(sources('{"a": "1"}{"a": "1"}\n"None"')).toEqual(['{"a": "1"}']);
  });

  it('keeps a line that is not in the program', () => {
    expect(sources(`${START}{"x": "1"}    y = 1\n    return y\n"1"`).slice(2)).toEqual([
      '    y = 1',
      '    return y => 1',
    ]);
  });

  it('tolerates blank lines between frames and carriage returns', () => {
    expect(sources(`\n${START}\n\r\n${EXIT}\n`)).toEqual(sources(START + EXIT));
    expect(sources((START + EXIT).replaceAll('\n', '\r\n'))).toEqual(sources(START + EXIT));
  });

  it.each([
    ['an explanation', '\n\nNow let us analyze the trace.\n{}    return f(1)\n'],
    ['an answer', ' [/ANSWER] {}'],
    ['the end', '<|end_of_text|>{}    return f(1)\n'],
  ])('ends at %s', (_, tail) => {
    expect(parse(START + EXIT + tail)).toEqual(parse(START + EXIT));
    expect(parse(START + tail).ended).toBe(true);
  });

  it.each([
    ['after a line', ''],
    ['within locals', '{"x": "1'],
    ['after locals', '{"x": "1"}'],
    ['within a source line', '{"x": "1"}def f('],
    ['before a value', '    return f(1)\n'],
    ['within a value', '    return f(1)\n"2'],
    ['at a name given twice', '{"x": "1", "x": "1"}def f(x):\n'],
    ['at a local that is no string', '{"x": 1}def f(x):\n'],
    ['at a nested object', '{"x": {"y": "1"}}def f(x):\n'],
    ['at NaN', '{"x": NaN}def f(x):\n'],
    ['at locals without a source line', '{"x": "1"}\n{"x": "1"}def f(x):\n'],
    ['at a value that is no string', '    return f(1)\n2'],
    ['at a value without a source line', '"2"    return f(1)\n"2"'],
    ['at prose', 'So the answer is 2.'],
  ])('is cut short %s', (_, tail) => {
    expect(parse(START + tail)).toEqual({ ...parse(START), ended: false });
  });

  it('takes a last line without its newline where it is whole or foreign', () => {
    expect(sources(`${START}{"x": "1"}def f(x):`)).toHaveLength(3);
    expect(sources(`${START}{"x": "1"}def h(x):`)).toHaveLength(3);
  });

  it.each(['', '\n\n', 'noise', '{', '{}', '"', '"2"', '[/ANSWER]', '\0'])('finds a fault at frame 0 of %j', (text) => {
    const trace = parse(text);
    expect(trace.frames).toEqual([]);
    expect(trace.fault?.frame).toBe(0);
    expect(trace.fault?.message).toMatch(/expected locals and a source line/);
  });
});
