import { describe, expect, it } from 'vitest';
import { useEngine } from './engine.ts';

const engine = useEngine({ python: ['3.10', '3.11', '3.14'] });

type Written = readonly [event: 'call' | 'line' | 'return' | 'exception', line: number, state: object | string];

/** The share of the claimed steps that are right given the state before them, under each version. */
async function stepsValid(source: string, call: string, claimed: readonly Written[]): Promise<number> {
  const frames = claimed.map(([event, line, state]) => ({
    event,
    line,
    ...(typeof state === 'string' ? { arg: state } : { locals: state }),
  }));
  const shares = await Promise.all(
    (['3.10', '3.11', '3.14'] as const).map(async (python) => {
      const answer = await engine.assay.verify({
        program: { source, entry: { call }, python },
        claim: { kind: 'trace', format: 'json', frames },
      });
      expect(answer.status).not.toBe('inconclusive');
      return answer.metrics.steps_valid;
    }),
  );
  expect(new Set(shares).size).toBe(1);
  return shares[0] ?? Number.NaN;
}

const STRAIGHT = 'def f(n):\n    s = n\n    t = s * 2\n    u = t + 1\n    return u\n';

/** A trace of `f(3)` in which `s`, `t`, `u` and the result have these values. */
function straight(s: string, t: string, u: string, result: string): Written[] {
  return [
    ['call', 1, { n: '3' }],
    ['line', 2, { n: '3' }],
    ['line', 3, { n: '3', s }],
    ['line', 4, { n: '3', s, t }],
    ['line', 5, { n: '3', s, t, u }],
    ['return', 5, result],
  ];
}

describe('steps that hold given the claimed state before them', () => {
  it.each<[string, Written[], number]>([
    ['all of a true trace', straight('3', '6', '7', '7'), 5],
    ['all but the mistake where the rest follows from it', straight('4', '8', '9', '9'), 4],
    ['all but two mistakes', straight('4', '8', '10', '10'), 3],
    ['not the step that forgets the mistake', straight('4', '6', '7', '7'), 3],
    ['not the step that returns another value', straight('3', '6', '7', '8'), 4],
    ['not the step behind an early mistake and one more at the end', straight('4', '8', '9', '8'), 3],
    ['not behind a step that raises from the claimed state', straight("'ab'", "'abab'", '7', '7'), 2],
    ['with a mistake in the type alone', straight('3.0', '6.0', '7.0', '7.0'), 4],
    ['with containers', straight('[1]', '[1, 1]', '2', '2').slice(0, 4), 2],
    ['in the last state', straight('3', '6', '8', '8'), 4],
    ['that stop early', straight('4', '8', '9', '9').slice(0, 4), 2],
    ['of a trace that is right and stops early', straight('3', '6', '7', '7').slice(0, 4), 3],
  ])('%s', async (_, claimed, valid) => {
    expect(await stepsValid(STRAIGHT, 'f(3)', claimed)).toBeCloseTo(valid / (claimed.length - 1), 10);
  });

  it('with `..` for what did not change', async () => {
    const claimed = straight('4', '8', '9', '9').with(3, ['line', 4, { n: '..', s: '..', t: '8' }]);
    expect(await stepsValid(STRAIGHT, 'f(3)', claimed)).toBe(4 / 5);
  });

  it('not behind a value that no literal spells', async () => {
    const claimed = straight('<object object>', '6', '7', '7');
    expect(await stepsValid(STRAIGHT, 'f(3)', claimed)).toBe(1 / 5);
  });

  it('not behind a local that the function does not have', async () => {
    const claimed = straight('3', '6', '7', '7').with(2, ['line', 3, { n: '3', s: '3', z: '1' }]);
    expect(await stepsValid(STRAIGHT, 'f(3)', claimed)).toBe(1 / 5);
  });

  const LOOP = 'def f(n):\n    s = 0\n    while s < n:\n        s += 2\n    return s\n';

  it('over a branch that is taken for a wrong value', async () => {
    // From the claimed 5 the loop ends at once, as the program would.
    const claimed: Written[] = [
      ['call', 1, { n: '4' }],
      ['line', 2, { n: '4' }],
      ['line', 3, { n: '4', s: '0' }],
      ['line', 4, { n: '4', s: '0' }],
      ['line', 3, { n: '4', s: '5' }],
      ['line', 5, { n: '4', s: '5' }],
      ['return', 5, '5'],
    ];
    expect(await stepsValid(LOOP, 'f(4)', claimed)).toBe(5 / 6);
  });

  it('not behind a branch that the program would not take', async () => {
    const claimed: Written[] = [
      ['call', 1, { n: '4' }],
      ['line', 2, { n: '4' }],
      ['line', 3, { n: '4', s: '0' }],
      ['line', 5, { n: '4', s: '0' }],
      ['return', 5, '0'],
    ];
    expect(await stepsValid(LOOP, 'f(4)', claimed)).toBe(2 / 4);
  });

  const NESTED = 'def g(x):\n    return x + 1\n\ndef f(n):\n    return g(n)\n';
  const nested = (x: string, inner: string, outer: string): Written[] => [
    ['call', 4, { n: '3' }],
    ['line', 5, { n: '3' }],
    ['call', 1, { x }],
    ['line', 2, { x }],
    ['return', 2, inner],
    ['return', 5, outer],
  ];

  it('over a wrong result that `return f(x)` passes on', async () => {
    expect(await stepsValid(NESTED, 'f(3)', nested('3', '5', '5'))).toBe(4 / 5);
    expect(await stepsValid(NESTED, 'f(3)', nested('3', '5', '4'))).toBe(3 / 5);
  });

  it('over a wrong argument of a call', async () => {
    expect(await stepsValid(NESTED, 'f(3)', nested('7', '8', '8'))).toBe(4 / 5);
    expect(await stepsValid(NESTED, 'f(3)', nested('7', '4', '4'))).toBe(3 / 5);
  });

  it('not where the result is used in an expression: no run can return another value than its own', async () => {
    const source = NESTED.replace('return g(n)', 'return g(n) + 1');
    expect(await stepsValid(source, 'f(3)', nested('3', '5', '6'))).toBe(3 / 5);
  });

  it('over a local that is held in a cell', async () => {
    const source = 'def f(n):\n    k = n\n    def g():\n        return k\n    return g\n';
    const claimed: Written[] = [
      ['call', 1, { n: '3' }],
      ['line', 2, { n: '3' }],
      ['line', 3, { n: '3', k: '4' }],
      ['line', 5, { n: '3', k: '4', g: '<function f.<locals>.g>' }],
      ['return', 5, '<function f.<locals>.g>'],
    ];
    expect(await stepsValid(source, 'f(3)', claimed)).toBe(3 / 4);
  });

  it('of a program that raises from the claimed state only', async () => {
    const source = 'def f(n):\n    k = n\n    return {3: 1}[k]\n';
    const claimed: Written[] = [
      ['call', 1, { n: '3' }],
      ['line', 2, { n: '3' }],
      ['line', 3, { n: '3', k: '0' }],
      ['exception', 3, "(<class 'KeyError'>, KeyError(0), <traceback object>)"],
      ['return', 3, 'None'],
    ];
    expect(await stepsValid(source, 'f(3)', claimed)).toBe(3 / 4);
  });
});
