import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outlineOf } from '../../../neural/nano/outline.ts';

const SOURCE = `TABLE = {"a": 1}


def f(x):
    """Says nothing."""
    for i in range(3):
        if i == 1:
            continue
        elif i == 2:
            break
        x += (
            i
        )
    else:
        x = 0
    try:
        y = int(x)
    except ValueError as error:
        y = 0
    except KeyError:
        y = 1
    else:
        y += 1
    finally:
        y += 2
    while y:
        y -= 1
`;

const at = (line: number) => outlineOf(SOURCE).statements.get(line);

describe('outlineOf', () => {
  it('says where loops and branches lead', () => {
    expect(at(6)).toMatchObject({ keyword: 'for', body: 7, next: 15 });
    expect(at(7)).toMatchObject({ keyword: 'if', body: 8, next: 9 });
    expect(at(8)).toMatchObject({ keyword: 'continue', next: 6 });
    expect(at(9)).toMatchObject({ keyword: 'elif', body: 10, next: 11 });
    expect(at(10)).toMatchObject({ keyword: 'break', next: 16 });
    expect(at(11)).toMatchObject({ keyword: 'simple', next: 6, text: 'x += (             i         )' });
    expect(at(12)).toEqual(at(11));
    expect(at(15)).toMatchObject({ next: 16 });
    expect(at(26)).toMatchObject({ keyword: 'while', body: 27, next: null });
    expect(at(27)).toMatchObject({ next: 26 });
  });

  it('says where exceptions lead, and which name a handler unbinds', () => {
    expect(at(17)).toMatchObject({ handler: 18, next: 23 });
    expect(at(18)).toMatchObject({ keyword: 'except', body: 19, next: 20 });
    expect(at(19)).toMatchObject({ handler: 25, unbinds: 'error', next: 25 });
    expect(at(21)).toMatchObject({ unbinds: null, next: 25 });
    expect(at(23)).toMatchObject({ handler: 25, next: 25 });
    expect(at(25)).toMatchObject({ handler: null, next: 26 });
  });

  it('knows functions and constants', () => {
    const { functions, constants } = outlineOf(SOURCE);
    expect(functions.get('f')).toEqual({ name: 'f', line: 4, header: 'def f(x):', body: 6 });
    expect([...constants]).toEqual([['TABLE', '{"a": 1}']]);
  });

  it('reads anything without a throw, in time', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => void outlineOf(text)));
    const started = performance.now();
    outlineOf(Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}if x:`).join('\n'));
    outlineOf('(['.repeat(200_000));
    outlineOf(`${'"'.repeat(100_000)}`);
    expect(performance.now() - started).toBeLessThan(5000);
  });
});
