import type { ShadowArgument, ShadowValue } from '../../core/shadow.ts';
import type { ParameterType } from './parameter-type.ts';

/** What the types of some values leave out, in words. */
export interface TypedArguments {
  readonly parameters: readonly (readonly [name: string, type: ParameterType])[];
  readonly bounds: readonly string[];
}

/** The types of arguments, so that other inputs of these types can be tried; undefined where one has no such type. */
export function typesOf(args: readonly ShadowArgument[]): TypedArguments | undefined {
  const bounds = new Set<string>();
  const parameters: [string, ParameterType][] = [];
  for (const { name, value } of args) {
    const type = typeOf(value, name, bounds);
    if (type === undefined) return undefined;
    parameters.push([name, type]);
  }
  return { parameters, bounds: [...bounds] };
}

/** The type that all of some values share: that of the first, where the others have it too. */
function sharedType(values: readonly ShadowValue[], name: string, bounds: Set<string>): ParameterType | undefined {
  const [first] = values;
  if (first === undefined) {
    bounds.add(`${name} an int`);
    return { kind: 'int' };
  }
  const type = typeOf(first, name, bounds);
  const key = JSON.stringify(type);
  const isShared = values.slice(1).every((value) => JSON.stringify(typeOf(value, name, new Set())) === key);
  return isShared ? type : undefined;
}

function typeOf(value: ShadowValue, name: string, bounds: Set<string>): ParameterType | undefined {
  switch (value.t) {
    case 'int':
    case 'bool':
    case 'str':
    case 'float':
      return { kind: value.t };
    case 'none':
      bounds.add(`${name} is None`);
      return { kind: 'none' };
    case 'list':
    case 'set': {
      const item = sharedType(value.items, `${name}[i]`, bounds);
      return item && { kind: value.t, item };
    }
    case 'tuple':
      return tupleType(value.items, name, bounds);
    case 'dict': {
      const pairs = value.items;
      const key = sharedType(
        pairs.map(([one]) => one),
        `keys of ${name}`,
        bounds,
      );
      const item = sharedType(
        pairs.map(([, one]) => one),
        `${name}[k]`,
        bounds,
      );
      return key && item && { kind: 'dict', key, value: item };
    }
    case 'frozenset':
    case 'bytes':
    case 'object':
    case 'opaque':
      return undefined;
  }
}

function tupleType(values: readonly ShadowValue[], name: string, bounds: Set<string>): ParameterType | undefined {
  bounds.add(`len(${name}) == ${values.length}`);
  const items: ParameterType[] = [];
  for (const [at, value] of values.entries()) {
    const type = typeOf(value, `${name}[${at}]`, bounds);
    if (type === undefined) return undefined;
    items.push(type);
  }
  return { kind: 'tuple', items, rest: false };
}
