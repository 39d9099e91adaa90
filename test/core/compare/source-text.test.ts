import { expect, it } from 'vitest';
import { bareLine, sourceText } from '../../../core/compare/source-text.ts';

it.each([
  ['def f(): # << START_OF_TRACE', 'def f():'],
  ['def f():# << START_OF_TRACE \t\n', 'def f():'],
  ['def f():   #<<   START_OF_TRACE', 'def f():'],
  ['def f():  # START_OF_TRACE', 'def f():  # START_OF_TRACE'],
  ['x = "# << START_OF_TRACE"', 'x = "# << START_OF_TRACE"'],
  ['# << START_OF_TRACE # << START_OF_TRACE', '# << START_OF_TRACE'],
  ['def TRACE_FO():', 'def TRACE_FO():'],
  ['   ', ''],
])('the bare line of %j is %j', (line, bare) => {
  expect(bareLine(line)).toBe(bare);
});

it('gives lines by their number, and nothing for those that do not exist', () => {
  const source = sourceText(['a  ', 'b  # << START_OF_TRACE']);
  expect([0, 1, 2, 3].map((line) => source.line(line))).toEqual(['', 'a', 'b', '']);
});
