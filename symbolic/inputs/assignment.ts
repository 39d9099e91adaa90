import type { ShadowArgument, ShadowValue } from '../../core/shadow.ts';
import { pythonLiteral, stringLiteral } from './literal.ts';

/** What the unknowns are, by their names (`core/term.ts`). */
export type Assignment = ReadonlyMap<string, bigint | boolean>;

/** A solver's model need not know that a code point is no half of a surrogate pair. */
function character(code: bigint, fallback: string): string {
  if (code < 0n || code > 0x10ffffn || (code >= 0xd800n && code <= 0xdfffn)) return fallback;
  return String.fromCodePoint(Number(code));
}

function numberOf(assigned: bigint | boolean): bigint {
  return typeof assigned === 'boolean' ? (assigned ? 1n : 0n) : assigned;
}

/** The value with its leaves replaced by what the assignment says; leaves that it does not name stay. */
export function assign(value: ShadowValue, name: string, assignment: Assignment): ShadowValue {
  switch (value.t) {
    case 'int': {
      const assigned = assignment.get(name);
      return { t: 'int', v: assigned === undefined ? value.v : numberOf(assigned).toString() };
    }
    case 'bool': {
      const assigned = assignment.get(name);
      return { t: 'bool', v: assigned === undefined ? value.v : numberOf(assigned) !== 0n };
    }
    case 'str': {
      const characters = Array.from(value.v, (old, index) => {
        const assigned = assignment.get(`${name}[${index}]`);
        return assigned === undefined ? old : character(numberOf(assigned), old);
      });
      return { t: 'str', v: characters.join('') };
    }
    case 'list':
    case 'tuple':
      return { t: value.t, items: value.items.map((item, index) => assign(item, `${name}[${index}]`, assignment)) };
    case 'dict':
      return {
        t: 'dict',
        items: value.items.map(([key, item]) => [key, assign(item, `${name}[${keyName(key)}]`, assignment)] as const),
      };
    case 'none':
    case 'float':
    case 'bytes':
    case 'set':
    case 'frozenset':
    case 'object':
    case 'opaque':
      return value;
  }
}

/** A dict's key as it stands in the name of an unknown. */
function keyName(key: ShadowValue): string {
  return key.t === 'str' ? stringLiteral(key.v) : (pythonLiteral(key) ?? '?');
}

/** The arguments under an assignment. */
export function assignArguments(args: readonly ShadowArgument[], assignment: Assignment): ShadowArgument[] {
  return args.map(({ name, value }) => ({ name, value: assign(value, name, assignment) }));
}

/** An expression over the parameters of a function, with values of its own for them. */
export function overArguments(args: readonly ShadowArgument[], expression: string): string {
  const names = args.map(({ name }) => name).join(', ');
  const values = args.map(({ value }) => pythonLiteral(value) ?? 'None').join(', ');
  return `(lambda ${names}: ${expression})(${values})`;
}

/** The call as a person would write it, or undefined where an argument has no literal. */
export function callText(name: string, args: readonly ShadowArgument[]): string | undefined {
  const literals: string[] = [];
  for (const argument of args) {
    const literal = pythonLiteral(argument.value);
    if (literal === undefined) return undefined;
    literals.push(literal);
  }
  return `${name}(${literals.join(', ')})`;
}
