import type { Parameter, Shape } from '../../../bridges/python/outline.ts';
import { type ParameterType, parseParameterType, TypeTextError } from '../../../symbolic/inputs/parameter-type.ts';
import type { ComparedFunction, Version } from '../behaviour.ts';

/** What is asked of both versions: do they behave the same for all arguments of these types. */
export interface Askable {
  /** Parameter → type. */
  readonly params: Readonly<Record<string, string>>;
  /** Longest text, list or tuple that is looked at. */
  readonly length: number;
  /** Whether arguments may hold two lists, which could then be one. */
  readonly mayShare: boolean;
  /** Whether something decides in one version only that may be a size which is not looked at. */
  readonly mayTurn: boolean;
  /** The text of both modules, as an import runs it. */
  readonly sources: readonly [base: string, head: string];
}

/** Lengths that are looked at, by how many texts, lists and open tuples the types have, nested ones too. */
const LENGTHS: readonly number[] = [5, 5, 3];
const SHORTEST = 2;

/**
 * What can be asked about a function; undefined where a proof would speak of less than of every call: where parameters do
 * not say their types, where a call may depend on an earlier one, or where the module uses others of its repository.
 */
export function askableOf({ base, head, versions }: ComparedFunction): Askable | undefined {
  for (const one of [base, head]) {
    if (one.keeps !== null || one.kind !== 'function' || one.generator || one.asynchronous) return undefined;
  }
  if (!standsAlone(versions.base) || !standsAlone(versions.head)) return undefined;
  if (base.params.length !== head.params.length) return undefined;
  const types: ParameterType[] = [];
  for (const [index, parameter] of base.params.entries()) {
    const other = head.params[index];
    if (other?.name !== parameter.name || other.kind !== parameter.kind) return undefined;
    if (other.default !== parameter.default) return undefined;
    const type = typeOf(parameter);
    if (type === undefined) return undefined;
    types.push(type);
  }
  const sizes = types.reduce((sum, type) => sum + sizesIn(type), 0);
  const length = LENGTHS[sizes] ?? SHORTEST;
  const params: Record<string, string> = Object.create(null);
  for (const [index, parameter] of base.params.entries()) {
    const type = types[index];
    if (type === undefined || !mayBeLeftOut(parameter, type, length)) return undefined;
    params[parameter.name] = typeText(type, parameter.default === 'None');
  }
  const mayShare = types.reduce((sum, type) => sum + listsIn(type), 0) > 1;
  const mayTurn = sizes > 0 && longestNews(versions) > length;
  return { params, length, mayShare, mayTurn, sources: [importedText(versions.base), importedText(versions.head)] };
}

/** Of the same repository, a module that stands alone uses nothing but packages that do nothing. */
function standsAlone({ module: { path, files } }: Version): boolean {
  return Object.entries(files).every(([other, text]) => other === path || text.replace(/^\s*#.*$/gm, '').trim() === '');
}

function typeOf({ kind, shape }: Parameter): ParameterType | undefined {
  if (kind !== 'positional' && kind !== 'any') return undefined;
  const text = shapeText(shape);
  if (text === undefined) return undefined;
  try {
    const type = parseParameterType(text);
    return isCovered(type) ? type : undefined;
  } catch (error) {
    if (error instanceof TypeTextError) return undefined;
    throw error;
  }
}

function shapeText(shape: Shape): string | undefined {
  if (shape === null || typeof shape === 'string') return shape ?? undefined;
  const [name, ...args] = shape;
  const texts = args.map(shapeText);
  if (typeof name !== 'string' || texts.includes(undefined)) return undefined;
  return name === 'Union' ? texts.join(' | ') : `${name}[${texts.join(', ')}]`;
}

/**
 * The largest number, or length of a text, that stands in one version only. What decides there may be a size that no proof
 * looks at.
 */
function longestNews({ base, head }: ComparedFunction['versions']): number {
  const [before, after] = [constantsIn(base), constantsIn(head)];
  const news = [...before.difference(after), ...after.difference(before)];
  return Math.max(0, ...news.map((text) => (/^['"]/.test(text) ? text.length - 2 : Math.abs(Number(text)))));
}

function constantsIn({ outline: { constants, functions } }: Version): Set<string> {
  return new Set([constants, ...functions.map((one) => one.constants)].flat());
}

/** Whether all values of a type are looked at, but for their lengths. Of floats, keys and members only some are. */
function isCovered(type: ParameterType): boolean {
  switch (type.kind) {
    case 'int':
    case 'bool':
    case 'str':
    case 'none':
      return true;
    case 'list':
    case 'optional':
      return isCovered(type.item);
    case 'tuple':
      return type.items.every(isCovered);
    case 'float':
    case 'set':
    case 'dict':
      return false;
  }
}

function sizesIn(type: ParameterType): number {
  switch (type.kind) {
    case 'str':
      return 1;
    case 'list':
      return 1 + sizesIn(type.item);
    case 'optional':
      return sizesIn(type.item);
    case 'tuple':
      return type.items.reduce((sum, item) => sum + sizesIn(item), type.rest ? 1 : 0);
    case 'int':
    case 'bool':
    case 'none':
    case 'float':
    case 'set':
    case 'dict':
      return 0;
  }
}

/** Lists that an argument can hold: none, one, or 2 for many. */
function listsIn(type: ParameterType): number {
  switch (type.kind) {
    case 'list':
      return 1 + listsIn(type.item);
    case 'optional':
      return listsIn(type.item);
    case 'tuple':
      return type.items.reduce((sum, item) => sum + listsIn(item) * (type.rest ? 2 : 1), 0);
    case 'int':
    case 'bool':
    case 'none':
    case 'str':
    case 'float':
    case 'set':
    case 'dict':
      return 0;
  }
}

function typeText(type: ParameterType, orNone: boolean): string {
  const text = plainText(type);
  return orNone && type.kind !== 'optional' && type.kind !== 'none' ? `${text} | None` : text;
}

function plainText(type: ParameterType): string {
  switch (type.kind) {
    case 'none':
      return 'None';
    case 'list':
    case 'set':
      return `${type.kind}[${plainText(type.item)}]`;
    case 'optional':
      return `${plainText(type.item)} | None`;
    case 'tuple':
      return `tuple[${[...type.items.map(plainText), ...(type.rest ? ['...'] : [])].join(', ')}]`;
    case 'dict':
      return `dict[${plainText(type.key)}, ${plainText(type.value)}]`;
    case 'int':
    case 'bool':
    case 'str':
    case 'float':
      return type.kind;
  }
}

/** Whether a call without the argument is one of those that are looked at: its default is one of the values. */
function mayBeLeftOut({ default: text }: Parameter, type: ParameterType, length: number): boolean {
  if (text === null || text === 'None') return true;
  const inner = type.kind === 'optional' ? type.item : type;
  switch (inner.kind) {
    case 'int':
      return /^-?\d+$/.test(text);
    case 'bool':
      return text === 'True' || text === 'False';
    case 'str': {
      const plain = /^'([^'\\]*)'$/.exec(text)?.[1];
      return plain !== undefined && Array.from(plain).length <= length;
    }
    case 'tuple':
      return inner.rest && text === '()';
    case 'none':
    case 'list':
    case 'float':
    case 'set':
    case 'dict':
    case 'optional':
      return false;
  }
}

/** The module without what it does when it is run as a program. */
function importedText({ module: { path, files }, outline: { main_line: line } }: Version): string {
  const text = files[path] ?? '';
  if (line === null) return text;
  return `${text
    .split(/\r\n|\r|\n/)
    .slice(0, line - 1)
    .join('\n')}\n`;
}
