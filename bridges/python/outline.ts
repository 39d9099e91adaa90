import { readFileSync } from 'node:fs';
import { DEFAULT_BUDGET } from '../../core/budget.ts';
import { DEFAULT_CLOCK, type PythonVersion } from '../../core/program.ts';
import type { Trace } from '../../core/trace.ts';
import type { ReplayRequest } from './run.ts';

/** A type annotation: a name, a name with arguments, or nothing that says a type. */
export type Shape = string | null | CompoundShape;
/** A name, and behind it its arguments. */
export interface CompoundShape extends ReadonlyArray<Shape> {}

/** One parameter. */
export interface Parameter {
  readonly name: string;
  /** `positional` only, `any` way, `keyword` only, `rest` (`*args`) or `keywords` (`**kwargs`). */
  readonly kind: 'positional' | 'any' | 'keyword' | 'rest' | 'keywords';
  readonly shape: Shape;
  /** Source text of the default. */
  readonly default: string | null;
  /** What the body does with it: `int`, `str`, `list`, `dict`, `set`, `sequence`, `container`, `character`, `None`. */
  readonly hints: readonly string[];
}

/** Source, wanted text and line of a docstring's example. */
export type Example = readonly [source: string, want: string, line: number];
/** A use of what lies outside a function's values. */
export type Effect = readonly [kind: string, text: string, line: number];

/** A function of a module, or a method of one of its classes. Lines are 1-based. */
export interface FunctionOutline {
  readonly name: string;
  readonly qualname: string;
  /** Qualified name of the class, or null. */
  readonly owner: string | null;
  readonly kind: 'function' | 'method' | 'static' | 'class' | 'property';
  /** First line, decorators included. */
  readonly line: number;
  readonly def_line: number;
  readonly end: number;
  readonly params: readonly Parameter[];
  readonly signature: string;
  readonly generator: boolean;
  readonly asynchronous: boolean;
  readonly decorators: readonly string[];
  /** Digest of the syntax tree without docstrings and places: equal ones are the same code. */
  readonly fingerprint: string;
  /** Reprs of numbers and texts in the body. */
  readonly constants: readonly string[];
  /** Name of an exception → line that raises it. */
  readonly raises: Readonly<Record<string, number>>;
  readonly effects: readonly Effect[];
  readonly examples: readonly Example[];
  /** Why a call may depend on more than its arguments, such as on calls before it; null where it is sure not to. */
  readonly keeps: string | null;
}

export interface ClassOutline {
  readonly name: string;
  readonly bases: readonly string[];
  /** What its constructor takes; null where the class does not say. */
  readonly fields: readonly Parameter[] | null;
  /** Members of an enumeration. */
  readonly members: readonly string[];
  readonly line: number;
  readonly end: number;
}

/** A module as its text says, without running it. */
export interface ModuleOutline {
  readonly error: null;
  readonly functions: readonly FunctionOutline[];
  readonly classes: readonly ClassOutline[];
  readonly imports: readonly (readonly [module: string, level: number, names: readonly string[], line: number])[];
  /** Digest of the whole tree. */
  readonly fingerprint: string;
  /** Digest of all that is not inside a function. */
  readonly rest: string;
  /** Reprs of numbers and texts in the code that runs at import. */
  readonly constants: readonly string[];
  /** Effects of code that runs at import. */
  readonly effects: readonly Effect[];
  /** Calls with literal arguments: the called name, and the arguments with their parentheses. */
  readonly calls: readonly (readonly [name: string, args: string])[];
  /** Line of a last `if __name__ == '__main__':`, which an import leaves out. */
  readonly main_line: number | null;
  /** Names that the module binds in any way, and some more: a function that is not among them is gone. */
  readonly names: readonly string[];
  readonly examples: readonly Example[];
}

/** A module that cannot be read. */
export interface BrokenModule {
  readonly error: { readonly line: number; readonly message: string };
}

export type Outline = ModuleOutline | BrokenModule;

const PARTS = ['outline_parameters', 'outline_effects', 'outline_state', 'outline'];
const SOURCE = PARTS.map((part) => readFileSync(new URL(`./py/${part}.py`, import.meta.url), 'utf8')).join('\n');

/** A run that reads modules. Their texts are data to it: nothing of them is executed. */
export function outlineRequest(files: Readonly<Record<string, string>>, python: PythonVersion): ReplayRequest {
  return {
    program: {
      source: SOURCE,
      entry: { script: true },
      python,
      world: { seed: 0, clock: DEFAULT_CLOCK, stdin: JSON.stringify({ files }), files: {} },
    },
    budget: { ...DEFAULT_BUDGET, ms: 60_000, memory_mb: 512, output_kb: 65_536, steps: 100_000_000 },
    untraced: true,
  };
}

/** The answer of such a run by path; undefined where it did not come to its end, as for a text that is nested too deep. */
export function readOutlines(trace: Trace): ReadonlyMap<string, Outline> | undefined {
  if (trace.outcome.kind !== 'returned') return undefined;
  return new Map(Object.entries(JSON.parse(trace.stdout) as Record<string, Outline>));
}
