import type { Sort } from '../../core/term.ts';

/** Row of {@link SmtRow}s. */
export type SmtRef = number;

/** Operators of SMT-LIB 2's Core and Ints, by their names there; `neg` is `-` with one operand. */
export const SMT_OPERATORS = [
  '+',
  '-',
  '*',
  'neg',
  'div',
  'mod',
  '=',
  '<',
  '<=',
  'not',
  'and',
  'or',
  '=>',
  'ite',
] as const;
export type SmtOperator = (typeof SMT_OPERATORS)[number];

/** A term of SMT-LIB; operands are rows before it. */
export type SmtRow =
  | { readonly kind: 'int'; readonly value: string }
  | { readonly kind: 'truth'; readonly value: boolean }
  | { readonly kind: 'symbol'; readonly symbol: string; readonly sort: Sort }
  | {
      readonly kind: 'operation';
      readonly operator: SmtOperator;
      readonly operands: readonly SmtRef[];
      readonly sort: Sort;
    };

/** An unknown of the query, and what it is called in SMT-LIB. */
export interface SmtVariable {
  readonly name: string;
  readonly sort: Sort;
  readonly row: SmtRef;
}

/** A query in SMT-LIB's terms: satisfiable together with its facts exactly when the query is, within the restrictions. */
export interface SmtProblem {
  readonly rows: readonly SmtRow[];
  readonly variables: readonly SmtVariable[];
  /** Bounds, and what defines the symbols that the encoding brought in. They are no part of an unsatisfiable core. */
  readonly facts: readonly SmtRef[];
  readonly assertions: readonly { readonly row: SmtRef; readonly label: string | undefined }[];
  /** What the encoding assumed, as Python: inputs that do not meet it were left out. */
  readonly restrictions: readonly string[];
}

/** Makes rows; equal ones are one. */
export class SmtRows {
  readonly rows: SmtRow[] = [];
  readonly #known = new Map<string, SmtRef>();
  #fresh = 0;

  #add(key: string, row: SmtRow): SmtRef {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const ref = this.rows.push(row) - 1;
    this.#known.set(key, ref);
    return ref;
  }

  int(value: bigint | number | string): SmtRef {
    const text = String(value);
    return this.#add(`i${text}`, { kind: 'int', value: text });
  }

  truth(value: boolean): SmtRef {
    return this.#add(`b${value}`, { kind: 'truth', value });
  }

  symbol(symbol: string, sort: Sort): SmtRef {
    return this.#add(`s${symbol}`, { kind: 'symbol', symbol, sort });
  }

  /** A symbol that nothing else is called by. */
  fresh(stem: string, sort: Sort): SmtRef {
    this.#fresh++;
    return this.symbol(`${stem}!${this.#fresh}`, sort);
  }

  operation(operator: SmtOperator, ...operands: readonly SmtRef[]): SmtRef {
    const key = `${operator} ${operands.join(' ')}`;
    return this.#add(key, { kind: 'operation', operator, operands, sort: this.#sortOf(operator, operands) });
  }

  #sortOf(operator: SmtOperator, operands: readonly SmtRef[]): Sort {
    switch (operator) {
      case '+':
      case '-':
      case '*':
      case 'neg':
      case 'div':
      case 'mod':
        return 'int';
      case '=':
      case '<':
      case '<=':
      case 'not':
      case 'and':
      case 'or':
      case '=>':
        return 'bool';
      case 'ite':
        return sortOfSmtRow(this.rows[operands[1] ?? -1]);
    }
  }

  sum(refs: readonly SmtRef[]): SmtRef {
    const [first] = refs;
    if (first === undefined) return this.int(0);
    return refs.length === 1 ? first : this.operation('+', ...refs);
  }

  constantOf(ref: SmtRef): bigint | undefined {
    const row = this.rows[ref];
    return row?.kind === 'int' ? BigInt(row.value) : undefined;
  }
}

export function sortOfSmtRow(row: SmtRow | undefined): Sort {
  if (row === undefined || row.kind === 'truth') return 'bool';
  return row.kind === 'int' ? 'int' : row.sort;
}
