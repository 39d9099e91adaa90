import { describe, expect, it } from 'vitest';
import { defaultFormat, wantsColour, wantsProgress, widthOf } from '../../../src/cli/terminal.ts';

const TTY = { isTTY: true, columns: 80 } as const;
const PIPE = { isTTY: false, columns: 80 } as const;

describe('terminal', () => {
  it.each([
    ['auto', TTY, {}, true],
    ['auto', PIPE, {}, false],
    ['auto', TTY, { NO_COLOR: '1' }, false],
    ['auto', TTY, { NO_COLOR: '' }, true],
    ['auto', TTY, { TERM: 'dumb' }, false],
    ['auto', PIPE, { FORCE_COLOR: '1' }, true],
    ['auto', TTY, { FORCE_COLOR: '0' }, false],
    ['auto', PIPE, { FORCE_COLOR: '1', NO_COLOR: '1' }, false],
    ['always', PIPE, { NO_COLOR: '1' }, true],
    ['never', TTY, { FORCE_COLOR: '1' }, false],
  ] as const)('--color %s on %o with %o: %s', (choice, stream, environment, wanted) => {
    expect(wantsColour(choice, stream, environment)).toBe(wanted);
  });

  it('shows progress to people only', () => {
    expect(wantsProgress(TTY, {})).toBe(true);
    expect(wantsProgress(PIPE, {})).toBe(false);
    expect(wantsProgress(TTY, { CI: 'true' })).toBe(false);
    expect(wantsProgress(TTY, { TERM: 'dumb' })).toBe(false);
  });

  it('chooses the format and the width by who reads', () => {
    expect([defaultFormat(TTY), defaultFormat(PIPE)]).toEqual(['full', 'concise']);
    const widths = [400, 20, 0].map((columns) => widthOf({ isTTY: true, columns }));
    expect([widthOf(TTY), widthOf(PIPE), ...widths]).toEqual([80, 100, 140, 60, 100]);
  });
});
