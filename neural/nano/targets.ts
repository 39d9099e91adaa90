import type { Outcome } from './answer.ts';
import type { Statement } from './outline.ts';
import { findOutsideStrings } from './value-text.ts';

/** A local that a statement's text says it binds or changes. */
export interface Target {
  readonly name: string;
  /** Bound in any case; what it held before does not matter. */
  readonly binds: boolean;
  /** What it held before is in the prompt. */
  readonly shown: boolean;
}

const NAMES = /[A-Za-z_]\w*/g;
const NAME = /^[A-Za-z_]\w*$/;

/** `for TARGETS in ITERABLE:` */
export const FOR_HEADER = /^(?:async\s+)?for\s+(.+?)\s+in\s+(.+):$/;

/** `TARGETS = …`, the equals sign being the first outside of brackets; strings hold none before it in practice. */
const ASSIGNMENT = /^([^=!<>"'#]*?)(\/\/|\*\*|>>|<<|[-+*/%&|^@])?=(?!=)/;

export function isName(text: string): boolean {
  return NAME.test(text);
}

/** The locals that a statement binds or changes when it goes on with an outcome, as its text has them. */
export function targetsOf(statement: Statement | undefined, outcome: Outcome): Target[] {
  if (statement === undefined) return [];
  const { keyword, text } = statement;
  if (keyword === 'for') return outcome === 't' ? bound(FOR_HEADER.exec(text)?.[1] ?? '') : [];
  if (keyword === 'except') return outcome === 't' ? bound(/\bas\s+([A-Za-z_]\w*)\s*:$/.exec(text)?.[1] ?? '') : [];
  if (keyword !== 'simple' || outcome !== 'n') return [];
  const targets: Target[] = [];
  let rest = text;
  for (let match = ASSIGNMENT.exec(rest); match !== null; match = ASSIGNMENT.exec(rest)) {
    rest = rest.slice(match[0].length);
    targets.push(...assigned(match[1] ?? '', match[2] !== undefined, rest));
    if (match[2] !== undefined) break;
  }
  if (targets.length > 0) return unique(targets);
  const changed = /^(?:del\s+)?([A-Za-z_]\w*)\s*[.[]/.exec(text)?.[1];
  return changed === undefined ? [] : [{ name: changed, binds: false, shown: true }];
}

function bound(text: string): Target[] {
  return unique((text.match(NAMES) ?? []).map((name) => ({ name, binds: true, shown: false })));
}

/** Targets on the left of one equals sign. */
function assigned(left: string, augmented: boolean, expression: string): Target[] {
  return left.split(',').flatMap((part) => {
    const text = part.trim().replace(/^[(*[]+|[)\]]+$/g, '');
    const name = /^[A-Za-z_]\w*/.exec(text)?.[0];
    if (name === undefined) return [];
    const plain = text === name;
    const shown = augmented || !plain || new RegExp(`\\b${name}\\b`).test(expression);
    return { name, binds: plain, shown };
  });
}

function unique(targets: readonly Target[]): Target[] {
  const names = new Set<string>();
  return targets.filter(({ name }) => !names.has(name) && names.add(name));
}

/** The expression whose value a statement binds, returns or raises as it is. */
export function passedOn(statement: Statement | undefined): string | undefined {
  return /^(?:return\s|raise\s|[A-Za-z_]\w*\s*=(?!=))\s*(.+)$/.exec(statement?.text ?? '')?.[1];
}

/** The text of a literal as `repr` writes it: strings in single quotes, where that changes nothing else. */
export function literalRepr(text: string): string {
  return text.replace(/'[^']*'|"([^"'\\]*)"/g, (whole, inner?: string) => (inner === undefined ? whole : `'${inner}'`));
}

/** Names of a function's parameters, by its header, in the order of the tracer. */
export function parametersOf(header: string): string[] {
  const open = header.indexOf('(');
  const parts = open < 0 ? [] : splitArguments(header, open + 1);
  return parts.flatMap((part) => /^\*{0,2}([A-Za-z_]\w*)/.exec(part)?.[1] ?? []);
}

/** Texts of the arguments of a function's first call in a statement. */
export function argumentsOf(name: string, text: string): string[] {
  const start = text.indexOf(`${name}(`);
  return start < 0 ? [] : splitArguments(text, start + name.length + 1);
}

/** Texts of a call's arguments, from behind its parenthesis on. */
function splitArguments(text: string, from: number): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = from;
  for (let at = from; at < text.length; ) {
    at = findOutsideStrings(text, '([{)]},', at);
    const char = text.charAt(at);
    if ('([{'.includes(char)) depth += 1;
    else if (depth === 0) {
      parts.push(text.slice(start, at).trim());
      start = at + 1;
      if (char !== ',') break;
    } else if (char !== ',') depth -= 1;
    at += 1;
  }
  return parts;
}
