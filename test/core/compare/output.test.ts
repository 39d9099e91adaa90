import { describe, expect, it } from 'vitest';
import { compareOutput } from '../../../core/compare/output.ts';
import type { Outcome, PlatformUse } from '../../../core/trace.ts';
import { HALTED, shortRun } from './written-run.ts';

describe('compareOutput', () => {
  const raised: Outcome = { kind: 'raised', type: 'json.decoder.JSONDecodeError', message: 'Expecting value', line: 3 };

  it.each([
    [{ returns: '3' }, 1],
    [{ returns: ' 3 ' }, 1],
    [{ stdout: 'a\nb\n' }, 1],
    [{ returns: '3', stdout: 'a\nb\n' }, 2],
  ])('%j holds', (claim, checked) => {
    expect(compareOutput(claim, shortRun({ stdout: 'a\nb\n' }))).toMatchObject({
      result: 'agrees',
      divergence: null,
      checked,
      matched: checked,
    });
  });

  it.each([
    [{ returns: '3.0' }, 'argument', 'the run returns 3, predicted 3.0'],
    [{ raises: 'KeyError' }, 'event', 'the run returns 3, predicted an exception KeyError'],
    [{ message: 'x' }, 'event', 'the run returns 3, predicted an exception with the message x'],
    [{ stdout: 'a\nc' }, 'argument', 'the output differs in its line 2: "b", predicted "c"'],
    [{ stdout: 'a\nb\n\nc' }, 'argument', 'the output differs in its line 3: "", predicted ""'],
  ])('%j does not hold', (claim, kind, message) => {
    const comparison = compareOutput(claim, shortRun({ stdout: 'a\nb\n' }));
    expect(comparison).toMatchObject({ result: 'differs', checked: 1, matched: 0, message });
    expect(comparison.divergence).toMatchObject({ kind, frame: 0, message });
  });

  it.each(['JSONDecodeError', 'json.JSONDecodeError', 'json.decoder.JSONDecodeError'])(
    'takes %s for the exception',
    (raises) => {
      expect(compareOutput({ raises, message: 'Expecting value' }, shortRun({ outcome: raised })).result).toBe(
        'agrees',
      );
    },
  );

  it.each([
    [{ raises: 'DecodeError' }, 'argument', 0],
    [{ raises: 'JSONDecodeError', message: 'expecting value' }, 'argument', 1],
    [{ returns: '3' }, 'event', 0],
  ])('of a run that raises, %j does not hold', (claim, kind, index) => {
    expect(compareOutput(claim, shortRun({ outcome: raised }))).toMatchObject({
      result: 'differs',
      divergence: { kind, frame: index },
    });
  });

  it('decides nothing about a run that was stopped', () => {
    expect(compareOutput({ returns: '4' }, shortRun({ outcome: HALTED }))).toMatchObject({
      result: 'unfinished',
      divergence: null,
    });
  });

  it.each<[string, string, Partial<PlatformUse>, string]>([
    ["['b', 'a']", "['a', 'b']", { sets: true }, 'platform'],
    ["['b', 'a']", "['a', 'b']", { words: true }, 'platform'],
    ["['b', 'c']", "['a', 'b']", { sets: true }, 'differs'],
    ['[2, 1]', '[1, 2]', { sets: true }, 'differs'],
    ['9223372036854775807', '2147483647', { words: true }, 'platform'],
    ['9223372036854775807', '2147483647', { sets: true }, 'differs'],
    ['4', '3', { sets: true }, 'differs'],
    ['4', '3', { words: true }, 'platform'],
  ])('%s for %s on a platform with %j: %s', (returns, value, use, result) => {
    const platform = { sets: false, words: false, ...use };
    expect(compareOutput({ returns }, shortRun({ outcome: { kind: 'returned', value }, platform })).result).toBe(
      result,
    );
  });
});
