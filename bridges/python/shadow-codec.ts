import type {
  Concretised,
  PathCondition,
  ShadowArgument,
  ShadowOutcome,
  ShadowRun,
  ShadowValue,
} from '../../core/shadow.ts';
import { OPERATORS, type Operator, type Sort, type TermNode, type Variable } from '../../core/term.ts';

/** Characters of a run as JSON. */
const MAX_TEXT = 2 ** 26;
/** How deep values may be nested. */
const MAX_DEPTH = 100;
const DECIMAL = /^-?\d{1,5000}$/;

/** What is wrong with an answer. It came out of an interpreter in which a program ran. */
class Malformed extends Error {}

function fail(what: string): never {
  throw new Malformed(what);
}

type Fields = Readonly<Record<string, unknown>>;

function fields(value: unknown, what: string): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : fail(what);
}

function list(value: unknown, what: string): readonly unknown[] {
  return Array.isArray(value) ? value : fail(what);
}

function text(value: unknown, what: string): string {
  return typeof value === 'string' ? value : fail(what);
}

function decimal(value: unknown, what: string): string {
  return DECIMAL.test(text(value, what)) ? (value as string) : fail(what);
}

function natural(value: unknown, what: string): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : fail(what);
}

function flag(value: unknown, what: string): boolean {
  return typeof value === 'boolean' ? value : fail(what);
}

/** Operands of these are bools. */
const OF_BOOLS: ReadonlySet<Operator> = new Set(['not', 'and', 'or', 'int']);
/** These are bools. */
const BOOLS: ReadonlySet<Operator> = new Set(['eq', 'lt', 'le', 'not', 'and', 'or']);

/** Reads a run row by row and keeps what later parts may name. */
class Reader {
  readonly #sorts: Sort[] = [];
  readonly #variables = new Map<string, Sort>();

  variable(value: unknown): Variable {
    const row = fields(value, 'a variable');
    const sort = row.sort === 'int' || row.sort === 'bool' ? row.sort : fail('the sort of a variable');
    const name = text(row.name, 'the name of a variable');
    if (this.#variables.has(name)) fail('two variables of one name');
    this.#variables.set(name, sort);
    const bound = (limit: unknown) => (limit === null ? null : decimal(limit, 'the bound of a variable'));
    const isValue =
      sort === 'int' ? DECIMAL.test(text(row.value, 'a value')) : /^(?:true|false)$/.test(String(row.value));
    if (!isValue) fail('the value of a variable');
    return { name, sort, value: row.value as string, least: bound(row.least), greatest: bound(row.greatest) };
  }

  term(value: unknown): TermNode {
    const [operator, ...operands] = list(value, 'a term');
    this.#sorts.push(this.#sortOf(operator, operands));
    return value as TermNode;
  }

  #sortOf(operator: unknown, operands: readonly unknown[]): Sort {
    if (operator === 'true' || operator === 'false') return operands.length === 0 ? 'bool' : fail('a constant');
    if (operator === 'const' || operator === 'var') {
      if (operands.length !== 1) fail('a leaf');
      if (operator === 'var') return this.#variables.get(text(operands[0], 'a name')) ?? fail('an unknown variable');
      decimal(operands[0], 'a constant');
      return 'int';
    }
    if (typeof operator !== 'string' || !Object.hasOwn(OPERATORS, operator)) fail('an operator');
    return this.#applied(operator as Operator, operands);
  }

  #applied(operator: Operator, operands: readonly unknown[]): Sort {
    const wanted = OPERATORS[operator];
    if (wanted === 'many' ? operands.length < 2 : operands.length !== wanted) fail('the operands of a term');
    const sorts = operands.map((operand) => this.#sorts[natural(operand, 'an operand')] ?? fail('an operand'));
    if (operator === 'ite' || operator === 'eq') {
      const [left, right] = sorts.slice(-2);
      if (left !== right || (operator === 'ite' && sorts[0] !== 'bool')) fail('the sorts of a term');
      return operator === 'eq' ? 'bool' : (left as Sort);
    }
    const sort: Sort = OF_BOOLS.has(operator) ? 'bool' : 'int';
    if (sorts.some((one) => one !== sort)) fail('the sorts of a term');
    return BOOLS.has(operator) ? 'bool' : 'int';
  }

  /** A term of one sort. */
  ref(value: unknown, sort: Sort): number {
    return this.#sorts[natural(value, 'a term')] === sort ? (value as number) : fail('the sort of a term');
  }

  condition(value: unknown): PathCondition {
    const row = fields(value, 'a condition');
    const kind =
      row.kind === 'branch' || row.kind === 'requires' || row.kind === 'assumption' ? row.kind : fail('a kind');
    return {
      kind,
      line: natural(row.line, 'a line'),
      column: natural(row.column, 'a column'),
      text: text(row.text, 'the text of a condition'),
      taken: flag(row.taken, 'the value of a condition'),
      term: this.ref(row.term, 'bool'),
      at: natural(row.at, 'the place of a condition'),
      ...(row.restriction !== undefined && { restriction: text(row.restriction, 'a restriction') }),
    };
  }

  argument(value: unknown): ShadowArgument {
    const row = fields(value, 'an argument');
    return { name: text(row.name, 'the name of an argument'), value: this.value(row.value) };
  }

  value(value: unknown, depth = 0): ShadowValue {
    const row = fields(value, 'a value');
    if (depth > MAX_DEPTH) fail('the depth of a value');
    const items = () => list(row.items, 'items').map((item) => this.value(item, depth + 1));
    switch (row.t) {
      case 'none':
        return { t: 'none' };
      case 'int': {
        const v = decimal(row.v, 'an integer');
        return row.term === undefined ? { t: 'int', v } : { t: 'int', v, term: this.ref(row.term, 'int') };
      }
      case 'bool': {
        const v = flag(row.v, 'a bool');
        return row.term === undefined ? { t: 'bool', v } : { t: 'bool', v, term: this.ref(row.term, 'bool') };
      }
      case 'str':
        return this.#string(row);
      case 'float':
      case 'bytes':
        return { t: row.t, v: text(row.v, 'a value') };
      case 'list':
      case 'tuple':
      case 'set':
      case 'frozenset':
        return { t: row.t, items: items() };
      case 'dict': {
        const pair = (item: unknown) => {
          const [key, held] = list(item, 'an item');
          return [this.value(key, depth + 1), this.value(held, depth + 1)] as const;
        };
        return { t: 'dict', items: list(row.items, 'items').map(pair) };
      }
      case 'object': {
        const pair = (item: unknown) => {
          const [name, held] = list(item, 'an attribute');
          return [text(name, 'a name'), this.value(held, depth + 1)] as const;
        };
        return { t: 'object', type: text(row.type, 'a type'), items: list(row.items, 'items').map(pair) };
      }
      case 'opaque':
        return { t: 'opaque', type: text(row.type, 'a type'), v: text(row.v, 'a value') };
      default:
        return fail('a kind of value');
    }
  }

  #string(row: Fields): ShadowValue {
    const v = text(row.v, 'a text');
    if (row.chars === undefined) return { t: 'str', v };
    const chars = list(row.chars, 'characters').map((term) => (term === null ? null : this.ref(term, 'int')));
    if (chars.length !== Array.from(v).length) fail('the characters of a text');
    return { t: 'str', v, chars };
  }

  outcome(value: unknown): ShadowOutcome {
    const row = fields(value, 'an outcome');
    switch (row.kind) {
      case 'returned':
        return { kind: 'returned', value: this.value(row.value), repr: text(row.repr, 'a repr') };
      case 'raised': {
        const raised = {
          kind: 'raised',
          type: text(row.type, 'a type'),
          message: text(row.message, 'a message'),
        } as const;
        return row.messageTerms === undefined ? raised : { ...raised, messageTerms: this.value(row.messageTerms) };
      }
      case 'halted':
        return { kind: 'halted', reason: text(row.reason, 'a reason'), detail: text(row.detail, 'a detail') };
      default:
        return fail('a kind of outcome');
    }
  }
}

function concretised(value: unknown): Concretised {
  const row = fields(value, 'what was concretised');
  return {
    line: natural(row.line, 'a line'),
    column: natural(row.column, 'a column'),
    construct: text(row.construct, 'a construct'),
  };
}

function read(answer: string): ShadowRun {
  if (answer.length > MAX_TEXT) fail('the size of the run');
  const row = fields(JSON.parse(answer), 'a run');
  const reader = new Reader();
  const variables = list(row.variables, 'variables').map((one) => reader.variable(one));
  const terms = list(row.terms, 'terms').map((one) => reader.term(one));
  return {
    variables,
    terms,
    conditions: list(row.conditions, 'conditions').map((one) => reader.condition(one)),
    concretised: list(row.concretised, 'what was concretised').map(concretised),
    lines: list(row.lines, 'lines').map((one) => natural(one, 'a line')),
    outcome: reader.outcome(row.outcome),
    args: list(row.args, 'arguments').map((one) => reader.argument(one)),
    after: list(row.after, 'arguments').map((one) => reader.argument(one)),
    stdout: reader.value(row.stdout),
    ensured: row.ensured === null ? null : reader.value(row.ensured),
    ...(row.ensuresRaised !== undefined && { ensuresRaised: text(row.ensuresRaised, 'an exception') }),
  };
}

/** A run that says nothing but how it was ended, as JSON. */
export function haltedAnswer(outcome: ShadowOutcome): string {
  return JSON.stringify(haltedRun(outcome));
}

/** A run that says nothing but how it was ended. */
export function haltedRun(outcome: ShadowOutcome): ShadowRun {
  return {
    variables: [],
    terms: [],
    conditions: [],
    concretised: [],
    lines: [],
    outcome,
    args: [],
    after: [],
    stdout: { t: 'str', v: '' },
    ensured: null,
  };
}

/**
 * Reads a run that came out of an interpreter. It checks its shape: each term names only rows before it and operands of
 * the right sort, each number is one. What the terms say is not checked; evaluate them where it matters.
 *
 * A run that is not what it should be reads as halted for the reason `engine`.
 */
export function decodeShadowRun(answer: string): ShadowRun {
  try {
    return read(answer);
  } catch (error) {
    if (!(error instanceof Malformed || error instanceof SyntaxError)) throw error;
    return haltedRun({ kind: 'halted', reason: 'engine', detail: `the run cannot be read: ${error.message}` });
  }
}
