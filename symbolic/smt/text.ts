import { type SmtProblem, type SmtRef, type SmtRow, sortOfSmtRow } from './rows.ts';

/** A term nested deeper than this is given a name: readers of SMT-LIB recurse. */
const MAX_DEPTH = 100;

/**
 * A problem as SMT-LIB 2, without its `check-sat`: what a solver is asked, for any solver to check. A term that is used
 * more than once becomes a constant with an equation, so the text is no longer than the problem. Labels are `a!0`, `a!1`
 * … by the place of their assertion.
 */
export function smtText(problem: SmtProblem): string {
  return new SmtWriter(problem).write();
}

/** Name of an assertion in the text. */
export function labelName(at: number): string {
  return `a!${at}`;
}

/** What a variable of the problem is called in its text. */
export function symbolText({ rows }: SmtProblem, ref: SmtRef): string {
  const row = rows[ref];
  return row?.kind === 'symbol' ? quoted(row.symbol) : '';
}

class SmtWriter {
  readonly #problem: SmtProblem;
  readonly #uses: Uint32Array;
  readonly #texts: string[] = [];
  readonly #depths: number[] = [];
  readonly #lines: string[] = [];

  constructor(problem: SmtProblem) {
    this.#problem = problem;
    this.#uses = usesOf(problem);
  }

  write(): string {
    const { variables, restrictions, facts, assertions } = this.#problem;
    for (const { name, row } of variables)
      this.#lines.push(`; ${symbolText(this.#problem, row)} is ${JSON.stringify(name)}`);
    for (const restriction of restrictions) this.#lines.push(`; assuming ${JSON.stringify(restriction)}`);
    for (const [ref, row] of this.#problem.rows.entries()) {
      if ((this.#uses[ref] ?? 0) > 0) this.#row(ref, row);
      else this.#texts.push('');
    }
    for (const fact of facts) this.#lines.push(`(assert ${this.#text(fact)})`);
    for (const [at, { row, label }] of assertions.entries()) {
      const text = this.#text(row);
      this.#lines.push(label === undefined ? `(assert ${text})` : `(assert (! ${text} :named ${labelName(at)}))`);
    }
    return `${this.#lines.join('\n')}\n`;
  }

  #text(ref: SmtRef): string {
    return this.#texts[ref] ?? '';
  }

  #row(ref: SmtRef, row: SmtRow): void {
    switch (row.kind) {
      case 'int':
        this.#texts.push(row.value.startsWith('-') ? `(- ${row.value.slice(1)})` : row.value);
        return;
      case 'truth':
        this.#texts.push(String(row.value));
        return;
      case 'symbol':
        this.#lines.push(`(declare-const ${quoted(row.symbol)} ${row.sort === 'int' ? 'Int' : 'Bool'})`);
        this.#texts.push(quoted(row.symbol));
        return;
      case 'operation':
        this.#texts.push(this.#operation(ref, row.operator, row.operands));
        return;
    }
  }

  #operation(ref: SmtRef, operator: string, operands: readonly SmtRef[]): string {
    const text = `(${operator === 'neg' ? '-' : operator} ${operands.map((operand) => this.#text(operand)).join(' ')})`;
    const depth = 1 + operands.reduce((deepest, operand) => Math.max(deepest, this.#depths[operand] ?? 0), 0);
    if (depth < MAX_DEPTH && this.#uses[ref] === 1) {
      this.#depths[ref] = depth;
      return text;
    }
    const name = `t!${ref}`;
    const sort = sortOfSmtRow(this.#problem.rows[ref]) === 'int' ? 'Int' : 'Bool';
    this.#lines.push(`(declare-const ${name} ${sort})`, `(assert (= ${name} ${text}))`);
    return name;
  }
}

function quoted(symbol: string): string {
  return /^[$A-Za-z0-9_!]+$/.test(symbol) ? symbol : `|${symbol}|`;
}

/** How often each row is named by another one or asserted; rows that lead to no assertion are named by none. */
function usesOf({ rows, facts, assertions, variables }: SmtProblem): Uint32Array {
  const uses = new Uint32Array(rows.length);
  const use = (ref: SmtRef) => {
    uses[ref] = (uses[ref] ?? 0) + 1;
  };
  for (const fact of facts) use(fact);
  for (const { row } of assertions) use(row);
  for (const { row } of variables) use(row);
  for (let ref = rows.length - 1; ref >= 0; ref--) {
    const row = rows[ref];
    if (row?.kind === 'operation' && (uses[ref] ?? 0) > 0) for (const operand of row.operands) use(operand);
  }
  return uses;
}
