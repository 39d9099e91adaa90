import { type LogicalLine, logicalLines, stringEnd, stringFence } from './logical-lines.ts';

/** Where a run may go from a statement, read off the indentation; a null line leaves the function. */
export interface Statement {
  /** Its keyword where it is compound or jumps (`if`, `for`, `break` …), else `simple`. */
  readonly keyword: string;
  readonly text: string;
  /** 1-based line of its line event. */
  readonly line: number;
  /** Last physical line of all that belongs to it, its block included. */
  readonly lastLine: number;
  /** Line that follows when it simply goes on; for a loop or a branch, when the condition does not hold. */
  readonly next: number | null;
  /** First line of its block, for statements that have one. */
  readonly body: number | null;
  /** First line of the innermost handler around it, or null. */
  readonly handler: number | null;
  /** Name that an `except … as name` block unbinds when this statement is its last, or null. */
  readonly unbinds: string | null;
}

/** A function of the module, by its `def` line. */
export interface FunctionOutline {
  readonly name: string;
  readonly line: number;
  /** `def name(a, b=1):`, on one line. */
  readonly header: string;
  /** First line that runs, or null where the body is a docstring alone. */
  readonly body: number | null;
}

/** What can be told about a program's control flow without running it. */
export interface Outline {
  /** By each physical line that they start on or continue over. */
  readonly statements: ReadonlyMap<number, Statement>;
  readonly functions: ReadonlyMap<string, FunctionOutline>;
  /** Text of the values that the module's top level binds to names. */
  readonly constants: ReadonlyMap<string, string>;
}

/** A statement with its block, before it is known where it leads. */
interface Node {
  readonly own: LogicalLine;
  readonly keyword: string;
  readonly children: Node[];
  lastLine: number;
}

/** Nesting beyond this is read as flat: Python itself allows no more than 100. */
const MAX_NESTING = 100;

/** Clauses that go on a statement before them, and give no line event of their own where they hold no condition. */
const CLAUSES: ReadonlySet<string> = new Set(['elif', 'else', 'except', 'finally']);

const KEYWORD =
  /^(?:(?:async\s+)?(if|elif|else|for|while|try|except|finally|def|class|with)\b|(break|continue|return|raise)\b)/;

function keywordOf(text: string): string {
  const match = KEYWORD.exec(text);
  if (match?.[2] !== undefined) return match[2];
  // A block on the same line is part of the statement: it all happens within one line event.
  return match?.[1] !== undefined && text.endsWith(':') ? match[1] : 'simple';
}

/** Statements that consist of a string alone make no line event. */
function isDocstring({ own: { text } }: Node): boolean {
  const fence = stringFence(text, 0);
  return fence !== undefined && stringEnd(text, 0, fence) === text.length;
}

function nest(lines: readonly LogicalLine[]): Node[] {
  const roots: Node[] = [];
  const open: Node[] = [];
  for (const own of lines) {
    while (open.length > 0 && (open.at(-1)?.own.indent ?? 0) >= own.indent) open.pop();
    const node: Node = { own, keyword: keywordOf(own.text), children: [], lastLine: own.lastLine };
    (open.at(-1)?.children ?? roots).push(node);
    for (const outer of open) outer.lastLine = own.lastLine;
    if (open.length < MAX_NESTING) open.push(node);
  }
  return roots;
}

/** What surrounds a block: where its statements lead when they leave it. */
interface Surroundings {
  readonly after: number | null;
  readonly loop: { readonly header: number; readonly after: number | null } | null;
  readonly handler: number | null;
  readonly unbinds: string | null;
}

const FUNCTION_BODY: Surroundings = { after: null, loop: null, handler: null, unbinds: null };

/** Reads a source's outline in linear time. Never throws: text that is no Python gives some outline. */
export function outlineOf(source: string): Outline {
  const reader = new OutlineReader();
  const roots = nest(logicalLines(source));
  reader.block(roots, FUNCTION_BODY);
  const constants = new Map<string, string>();
  for (const { own } of roots) {
    const match = /^([A-Za-z_]\w*)\s*=(?!=)\s*(.+)$/.exec(own.text);
    if (match?.[1] !== undefined && match[2] !== undefined) constants.set(match[1], match[2]);
  }
  return { statements: reader.statements, functions: reader.functions, constants };
}

class OutlineReader {
  readonly statements = new Map<number, Statement>();
  readonly functions = new Map<string, FunctionOutline>();

  block(nodes: readonly Node[], around: Surroundings): void {
    const steps = nodes.filter((node) => !isDocstring(node));
    for (let at = 0; at < steps.length; ) {
      let end = at + 1;
      while (CLAUSES.has(steps[end]?.keyword ?? '')) end += 1;
      const next = steps[end];
      const isLast = next === undefined;
      this.#chain(steps.slice(at, end), {
        ...around,
        after: isLast ? around.after : next.own.line,
        unbinds: isLast ? around.unbinds : null,
      });
      at = end;
    }
  }

  /** A statement and its clauses (`elif`, `else`, `except`, `finally`). */
  #chain(nodes: readonly Node[], around: Surroundings): void {
    const [head] = nodes;
    if (head === undefined) return;
    if (head.keyword === 'try') this.#try(head, nodes.slice(1), around);
    else if (head.keyword === 'if') this.#branches(nodes, around);
    else if (head.keyword === 'for' || head.keyword === 'while') this.#loop(head, nodes[1], around);
    else if (head.keyword === 'def' || head.keyword === 'class') this.#definition(head, around);
    else this.#plain(head, around);
  }

  #plain(node: Node, around: Surroundings): void {
    const { loop } = around;
    const next = node.keyword === 'break' ? loop?.after : node.keyword === 'continue' ? loop?.header : around.after;
    const body = firstLine(node.children);
    this.#record(node, { ...around, after: body ?? next ?? null }, body);
    this.block(node.children, around);
  }

  #branches(nodes: readonly Node[], around: Surroundings): void {
    for (const [index, node] of nodes.entries()) {
      const other = nodes[index + 1];
      const otherwise = other?.keyword === 'elif' ? other.own.line : other && firstLine(other.children);
      if (node.keyword !== 'else') {
        this.#record(node, { ...around, after: otherwise ?? around.after }, firstLine(node.children));
      }
      this.block(node.children, around);
    }
  }

  #loop(head: Node, otherwise: Node | undefined, around: Surroundings): void {
    const exit = (otherwise && firstLine(otherwise.children)) ?? around.after;
    this.#record(head, { ...around, after: exit }, firstLine(head.children));
    const loop = { header: head.own.line, after: around.after };
    this.block(head.children, { ...around, after: head.own.line, loop, unbinds: null });
    if (otherwise) this.block(otherwise.children, around);
  }

  #try(head: Node, clauses: readonly Node[], around: Surroundings): void {
    const handlers = clauses.filter(({ keyword }) => keyword === 'except');
    const otherwise = clauses.find(({ keyword }) => keyword === 'else');
    const last = clauses.find(({ keyword }) => keyword === 'finally');
    const cleanup = last && firstLine(last.children);
    const after = cleanup ?? around.after;
    const handler = handlers[0]?.own.line ?? cleanup ?? around.handler;
    const outside: Surroundings = { ...around, after, handler: cleanup ?? around.handler };
    this.#record(head, { ...around, after: firstLine(head.children) }, firstLine(head.children));
    const calm = (otherwise && firstLine(otherwise.children)) ?? after;
    this.block(head.children, { ...around, after: calm, handler, unbinds: null });
    for (const [index, node] of handlers.entries()) {
      const name = /\bas\s+([A-Za-z_]\w*)\s*:$/.exec(node.own.text)?.[1] ?? null;
      this.#record(node, { ...outside, after: handlers[index + 1]?.own.line ?? null }, firstLine(node.children));
      this.block(node.children, { ...outside, unbinds: name });
    }
    if (otherwise) this.block(otherwise.children, outside);
    if (last) this.block(last.children, around);
  }

  #definition(head: Node, around: Surroundings): void {
    const { text, line } = head.own;
    this.#record(head, around, firstLine(head.children));
    const name = /^(?:async\s+)?def\s+([A-Za-z_]\w*)/.exec(text)?.[1];
    if (name !== undefined) this.functions.set(name, { name, line, header: text, body: firstLine(head.children) });
    this.block(head.children, FUNCTION_BODY);
  }

  #record({ own, keyword, lastLine }: Node, around: Surroundings, body: number | null): void {
    const { after: next, handler, unbinds } = around;
    const { line, text } = own;
    const statement: Statement = { keyword, text, line, lastLine, next, body, handler, unbinds };
    for (let at = line; at <= own.lastLine; at += 1) this.statements.set(at, statement);
  }
}

/** The first line of a block that makes a line event. */
function firstLine(nodes: readonly Node[]): number | null {
  return nodes.find((node) => !isDocstring(node))?.own.line ?? null;
}
