import { describe, expect, it } from 'vitest';
import { codeFrame, columnOf } from '../../../src/report/code-frame.ts';
import { PLAIN, SOURCE } from './verdicts.ts';

describe('code frame', () => {
  it('shows two lines on either side and marks the statement', () => {
    expect(codeFrame(SOURCE, 4, ['predicted 11, observed 10'], PLAIN)).toEqual([
      '   |',
      ' 2 |     total = 0',
      ' 3 |     for i in range(n):',
      ' 4 |         total += i',
      '   |         ^^^^^^^^^^ predicted 11, observed 10',
      ' 5 |     return total',
      '   |',
    ]);
  });

  it('puts several labels under the carets, and widens the gutter', () => {
    const source = 'x = 1\n'.repeat(101);
    expect(codeFrame(source, 99, ['a: 1', 'b: 2'], PLAIN)).toEqual([
      '     |',
      '  97 | x = 1',
      '  98 | x = 1',
      '  99 | x = 1',
      '     | ^^^^^',
      '     | a: 1',
      '     | b: 2',
      ' 100 | x = 1',
      ' 101 | x = 1',
      '     |',
    ]);
  });

  it('cuts long lines to the width and counts tabs and wide characters as they show', () => {
    const long = codeFrame(`\tx = '${'a'.repeat(500)}'\n`, 1, [], { ...PLAIN, width: 40 });
    for (const row of long) expect(row.length).toBeLessThanOrEqual(40);
    expect(codeFrame("\ts = '日本'\n", 1, [], PLAIN)).toEqual([
      '   |',
      " 1 |     s = '日本'",
      '   |     ^^^^^^^^^^',
      '   |',
    ]);
  });

  it('numbers lines as the file does where the source stands further down in it', () => {
    expect(codeFrame('a\nb\n', 2, [], PLAIN, 10)).toContain(' 12 | b');
  });

  it('is empty for a line that the source does not have', () => {
    expect(codeFrame(SOURCE, 40, ['x'], PLAIN)).toEqual([]);
  });

  it('knows the column of a statement', () => {
    expect([columnOf('x'), columnOf('    x'), columnOf('\tx')]).toEqual([1, 5, 2]);
  });
});
