import type { FunctionOutline, ModuleOutline, Outline, Parameter } from '../../bridges/python/outline.ts';

/** A module that differs, with its outlines. One side is undefined where the file is new or gone. */
export interface ChangedModule {
  /** Path in the head, or in the base where the file is gone. */
  readonly path: string;
  readonly basePath: string;
  readonly base: Outline | undefined;
  readonly head: Outline | undefined;
}

/** A function that may behave otherwise than before. */
export interface ChangedFunction {
  readonly module: ChangedModule;
  readonly base: FunctionOutline | undefined;
  readonly head: FunctionOutline | undefined;
  /** Its own code is the same; something around it in the module changed. */
  readonly onlyAround: boolean;
}

function functionsOf(outline: Outline | undefined): ReadonlyMap<string, FunctionOutline> {
  if (outline === undefined || outline.error !== null) return new Map();
  return new Map(outline.functions.map((one) => [one.qualname, one]));
}

function restOf(outline: Outline | undefined): string | undefined {
  return outline === undefined || outline.error !== null ? undefined : outline.rest;
}

/** Pairs the functions of both versions by their qualified names. */
export function changedFunctions(module: ChangedModule): ChangedFunction[] {
  const before = functionsOf(module.base);
  const after = functionsOf(module.head);
  const aroundChanged = restOf(module.base) !== restOf(module.head);
  const found: ChangedFunction[] = [];
  for (const [name, head] of after) {
    const base = before.get(name);
    const sameCode = base?.fingerprint === head.fingerprint;
    if (sameCode && !aroundChanged) continue;
    found.push({ module, base, head, onlyAround: sameCode });
  }
  for (const [name, base] of before) {
    if (!after.has(name)) found.push({ module, base, head: undefined, onlyAround: false });
  }
  return found;
}

/** Whether two outlines are of the same code, comments and docstrings apart. */
export function isSameCode(base: Outline | undefined, head: Outline | undefined): boolean {
  if (base === undefined || head === undefined || base.error !== null || head.error !== null) return false;
  return base.fingerprint === head.fingerprint;
}

/** What a caller notices of a changed parameter list. */
export interface SignatureChange {
  /** Ways in which calls that worked may fail, in words. */
  readonly breaks: readonly string[];
  /** Defaults that changed: `x: 1 before, 2 now`. */
  readonly defaults: readonly string[];
}

/** Compares two parameter lists. New parameters with a default break nothing. */
export function signatureChange(base: FunctionOutline, head: FunctionOutline): SignatureChange {
  const breaks: string[] = [];
  const defaults: string[] = [];
  const after = new Map(head.params.map((one) => [one.name, one]));
  for (const [index, one] of base.params.entries()) {
    const other = after.get(one.name);
    if (other === undefined) {
      breaks.push(`parameter ${one.name} is gone`);
      continue;
    }
    if (other.kind !== one.kind)
      breaks.push(`parameter ${one.name} is ${kindText(other)} now, ${kindText(one)} before`);
    const moved = one.kind === 'any' && other.kind === 'any' && head.params[index]?.name !== one.name;
    if (moved) breaks.push(`parameter ${one.name} is at another position`);
    if (one.default !== null && other.default === null) breaks.push(`parameter ${one.name} has no default any more`);
    if (one.default !== null && other.default !== null && one.default !== other.default) {
      defaults.push(`${one.name}: ${one.default} before, ${other.default} now`);
    }
  }
  const before = new Set(base.params.map(({ name }) => name));
  for (const one of head.params) {
    const optional = one.default !== null || one.kind === 'rest' || one.kind === 'keywords';
    if (!before.has(one.name) && !optional) breaks.push(`parameter ${one.name} is new and has no default`);
  }
  return { breaks, defaults };
}

const KIND_TEXT: Readonly<Record<Parameter['kind'], string>> = {
  positional: 'positional only',
  any: 'positional or keyword',
  keyword: 'keyword only',
  rest: 'a rest of positions',
  keywords: 'a rest of keywords',
};

function kindText({ kind }: Parameter): string {
  return KIND_TEXT[kind];
}

/** Outlines that could be read. */
export function readable(outlines: Iterable<Outline | undefined>): ModuleOutline[] {
  return [...outlines].filter((one): one is ModuleOutline => one !== undefined && one.error === null);
}
