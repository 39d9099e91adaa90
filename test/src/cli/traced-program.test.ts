import { describe, expect, it } from 'vitest';
import { findEntryMark } from '../../../core/program.ts';
import { CliError } from '../../../src/cli/cli-error.ts';
import { programAsGiven, programForPrompt } from '../../../src/cli/traced-program.ts';

const GIVEN = { call: undefined, script: false, python: undefined } as const;
const SOURCE = 'def f(x):\n    return x\n';
const MARKED = 'def f():  # << START_OF_TRACE\n    return 1\n';

describe('the program of `assay trace`', () => {
  it('turns a call into a marked function at the end', () => {
    expect(programForPrompt({ ...GIVEN, source: SOURCE, call: 'f(3)' })).toEqual({
      source: 'def f(x):\n    return x\n\ndef main():  # << START_OF_TRACE\n    return f(3)\n',
      entry: { main: true },
    });
    expect(programForPrompt({ ...GIVEN, source: SOURCE.trimEnd(), call: 'f(3)' }).source).toContain(
      'return x\n\ndef main',
    );
  });

  it('stands in the way of no name that the program or the call uses', () => {
    const source = 'def main():\n    return main_\nmain_ = 1\n';
    expect(programForPrompt({ ...GIVEN, source, call: 'main()' }).source).toContain('def main__():  # << START');
  });

  it('enters the marked function, and takes the mark out where another entry is asked for', () => {
    expect(programForPrompt({ ...GIVEN, source: MARKED })).toEqual({ source: MARKED });
    expect(programForPrompt({ ...GIVEN, source: MARKED, script: true })).toEqual({
      source: 'def f():\n    return 1\n',
      entry: { script: true },
    });
    const { source } = programForPrompt({ ...GIVEN, source: MARKED, call: 'f()' });
    expect(findEntryMark(source)).toBe(4);
  });

  it('leaves the words of the mark alone where they are no mark', () => {
    const source = 's = "# << START_OF_TRACE"\nprint(s)\n';
    expect(programForPrompt({ ...GIVEN, source, script: true }).source).toBe(source);
  });

  it('refuses a call of several lines', () => {
    expect(() => programForPrompt({ ...GIVEN, source: SOURCE, call: 'f(\n3)' })).toThrow(CliError);
  });

  it('leaves the source as it is for frames', () => {
    expect(programAsGiven({ ...GIVEN, source: MARKED, call: 'f()', python: '3.11' })).toEqual({
      source: MARKED,
      entry: { call: 'f()' },
      python: '3.11',
    });
    expect(programAsGiven({ ...GIVEN, source: MARKED })).toEqual({ source: MARKED });
  });
});
