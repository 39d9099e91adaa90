import { describe, expect, it } from 'vitest';
import { parseParameterType } from '../../../symbolic/inputs/parameter-type.ts';
import { shapeKey } from '../../../symbolic/inputs/shape-key.ts';
import { enumerateShapes } from '../../../symbolic/inputs/shapes.ts';

function shapesOf(types: Record<string, string>, length = 3, shapes = 64) {
  const parameters = Object.entries(types).map(([name, text]) => [name, parseParameterType(text)] as const);
  return enumerateShapes(parameters, { length, shapes });
}

describe('shapes', () => {
  it('has one shape, and no bounds, where leaves are all there is', () => {
    const { shapes, bounds } = shapesOf({ n: 'int', flag: 'bool', pair: 'tuple[int, bool]' });
    expect(shapes).toHaveLength(1);
    expect(bounds).toEqual([]);
  });

  it('names the length up to which it goes', () => {
    const { shapes, bounds } = shapesOf({ s: 'str' });
    expect(shapes.map(([argument]) => (argument?.value.t === 'str' ? argument.value.v.length : -1))).toEqual([
      0, 1, 2, 3,
    ]);
    expect(bounds).toEqual(['len(s) <= 3']);
  });

  it('has None and its item for an optional, with no bound', () => {
    const { shapes, bounds } = shapesOf({ n: 'Optional[int]' });
    expect(shapes.map(([argument]) => argument?.value.t)).toEqual(['none', 'int']);
    expect(bounds).toEqual([]);
  });

  it('says so where it was cut', () => {
    const { shapes, bounds } = shapesOf({ a: 'list[int]', b: 'list[int]', c: 'list[int]' }, 6, 20);
    expect(shapes).toHaveLength(20);
    expect(bounds).toContain('20 shapes of the arguments');
  });

  it.each(['set[int]', 'dict[str, int]', 'float'])('never calls %s complete', (type) => {
    expect(shapesOf({ x: type }).bounds.length).toBeGreaterThan(0);
  });

  it('never gives a shape twice', () => {
    const { shapes } = shapesOf({ a: 'dict[str, list[int]]', b: 'tuple[str, ...]' }, 2, 200);
    expect(new Set(shapes.map(shapeKey)).size).toBe(shapes.length);
  });
});
