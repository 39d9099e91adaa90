import type { ShadowArgument, ShadowValue } from '../../core/shadow.ts';

/** Whatever of the arguments is no unknown: types, lengths, keys, floats. Equal keys: the same unknowns. */
export function shapeKey(args: readonly ShadowArgument[]): string {
  return JSON.stringify(args.map(({ name, value }) => [name, shapeOf(value)]));
}

function shapeOf(value: ShadowValue): unknown {
  switch (value.t) {
    case 'int':
    case 'bool':
    case 'none':
      return value.t;
    case 'str':
      return ['str', [...value.v].length];
    case 'list':
    case 'tuple':
      return [value.t, ...value.items.map(shapeOf)];
    case 'dict':
      return ['dict', ...value.items.map(([key, item]) => [key, shapeOf(item)])];
    case 'float':
    case 'bytes':
    case 'set':
    case 'frozenset':
    case 'object':
    case 'opaque':
      return value;
  }
}
