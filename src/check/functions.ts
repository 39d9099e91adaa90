import type { FunctionOutline, ModuleOutline } from '../../bridges/python/outline.ts';
import {
  type Behaviour,
  type BehaviourSource,
  behaviourOf,
  type ComparedFunction,
  type FoundWitness,
} from './behaviour.ts';
import { type ChangedFunction, type ChangedModule, readable, signatureChange } from './changes.ts';
import { findingOf } from './finding.ts';
import type { Callee } from './inputs/plan.ts';
import { shownCall } from './inputs/scenario.ts';
import { sourcesOf } from './inputs/sources.ts';
import type { Finding, PatchedFunction, PatchOptions } from './patch-request.ts';
import type { Runner } from './runner.ts';
import { type Sides, Trials } from './trial.ts';
import { callsOf, differenceText, proofText, shownProof, shownWitness } from './wording.ts';

/** What one changed function came to. */
export interface FunctionResult {
  readonly shown: PatchedFunction;
  readonly findings: readonly Finding[];
  /** Set where the behaviour differs. */
  readonly witness: FoundWitness | undefined;
}

/** What functions are compared with. */
export interface FunctionContext {
  readonly runner: Runner;
  readonly sources: readonly BehaviourSource[];
  readonly options: PatchOptions;
  /** When no further input is tried, as `performance.now()` counts. */
  readonly until: number;
  /** Both versions of the module; undefined where one cannot be run. */
  readonly sides: Sides | undefined;
  /** Outlines whose classes and calls the inputs are made from. */
  readonly around: readonly ModuleOutline[];
}

/** Calls that somebody wrote, of one function. */
const MOST_WRITTEN = 40;

function isPublic(name: string): boolean {
  return name.split('.').every((part) => !part.startsWith('_') || part.startsWith('__'));
}

/** Looks at one changed function from all sides. */
export async function checkFunction(
  changed: ChangedFunction,
  context: FunctionContext,
): Promise<FunctionResult | undefined> {
  const { module, base, head, onlyAround } = changed;
  const { path } = module;
  if (head === undefined) return base === undefined ? undefined : removed(path, base, readable([module.head])[0]);
  if (base === undefined) return added(path, head);
  const place = { path, line: head.def_line, function: head.qualname };
  const findings = [
    ...signatureFindings(base, head, place),
    ...newEffects(base, head, place),
    ...newRaises(base, head, place),
  ];
  const behaviour = await compare(base, head, changed, context);
  // A function whose own text is the same is worth a word only where it behaves otherwise.
  if (onlyAround && behaviour.status !== 'differs') return undefined;
  findings.push(...behaviourFindings(behaviour, place));
  const witness = behaviour.status === 'differs' ? behaviour.witness : undefined;
  return { shown: shownFunction(path, head, behaviour), findings, witness };
}

type Place = { readonly path: string; readonly line: number; readonly function: string };

function removed(path: string, base: FunctionOutline, head: ModuleOutline | undefined): FunctionResult {
  if (head?.names.includes(base.qualname) === true) {
    const shown = plain(path, base, 'removed', 'its name stands for something else');
    return { shown, findings: [], witness: undefined };
  }
  const shown = plain(path, base, 'removed', 'it is gone');
  const findings = isPublic(base.qualname)
    ? [findingOf('signature', { path, function: base.qualname, message: `${base.qualname} is gone`, key: 'gone' })]
    : [];
  return { shown, findings, witness: undefined };
}

function added(path: string, head: FunctionOutline): FunctionResult {
  const place = { path, line: head.def_line, function: head.qualname };
  const findings = newEffects(undefined, head, place);
  return { shown: plain(path, head, 'added', 'it is new'), findings, witness: undefined };
}

function plain(
  path: string,
  { qualname, def_line }: FunctionOutline,
  behaviour: PatchedFunction['behaviour'],
  message: string,
): PatchedFunction {
  return {
    path,
    name: qualname,
    line: def_line,
    behaviour,
    reason: null,
    message,
    inputs: 0,
    witness: null,
    proof: null,
  };
}

function signatureFindings(base: FunctionOutline, head: FunctionOutline, place: Place): Finding[] {
  if (!isPublic(head.qualname)) return [];
  const { breaks, defaults } = signatureChange(base, head);
  const findings: Finding[] = [];
  if (breaks.length > 0) {
    const message = `calls of ${head.qualname} may fail: ${breaks.join('; ')}`;
    findings.push(findingOf('signature', { ...place, message, key: 'signature' }));
  }
  for (const change of defaults) {
    findings.push(findingOf('default', { ...place, message: `another default of ${head.qualname}, ${change}` }));
  }
  return findings;
}

/** Uses of the outside that the old version did not have. */
export function newEffects(
  base: Pick<FunctionOutline, 'effects'> | undefined,
  head: Pick<FunctionOutline, 'effects'>,
  place: { readonly path: string; readonly function?: string },
): Finding[] {
  const before = new Set(base?.effects.map(([kind, text]) => `${kind} ${text}`));
  return head.effects
    .filter(([kind, text]) => !before.has(`${kind} ${text}`))
    .map(([kind, text, line]) =>
      findingOf('effect', {
        ...place,
        line,
        message: `${place.function ?? 'the module'} now reaches outside its values (${kind}): ${text}`,
        help: 'the sealed interpreter lets none of it out; on a machine it would act',
        key: `${kind} ${text}`,
      }),
    );
}

function newRaises(base: FunctionOutline, head: FunctionOutline, place: Place): Finding[] {
  return Object.entries(head.raises)
    .filter(([name]) => !Object.hasOwn(base.raises, name))
    .map(([name, line]) =>
      findingOf('new-raise', { ...place, line, message: `${head.qualname} has a new \`raise ${name}\``, key: name }),
    );
}

function compare(
  base: FunctionOutline,
  head: FunctionOutline,
  { module, onlyAround }: ChangedFunction,
  { runner, sources, options, until, sides, around }: FunctionContext,
): Promise<Behaviour> {
  const versions = sides === undefined ? undefined : versionsOf(module, sides);
  if (sides === undefined || versions === undefined) {
    const detail = 'the module cannot be run here';
    return Promise.resolve({ status: 'unknown', reason: 'unsupported', inputs: 0, detail });
  }
  const own = readable([module.base, module.head]);
  const modules = [...own, ...around];
  const sourceTexts = sourcesOf([base, head], own, around);
  const callee: Callee = {
    // Whoever calls it calls it as the old version wants to be called.
    function: { ...head, params: base.params },
    owner: head.owner === null ? undefined : sourceTexts.classes.get(head.owner),
    siblings: siblingsOf(head, readable([module.head])),
  };
  // A function whose own text is the same is listed only where a difference is found.
  return behaviourOf(onlyAround ? sources.slice(0, 1) : sources, {
    base,
    head,
    callee,
    sources: sourceTexts,
    written: writtenCalls(head, modules),
    versions,
    trials: new Trials(runner, sides),
    inputs: onlyAround ? Math.ceil(options.inputs / 4) : options.inputs,
    seed: options.seed,
    until,
  });
}

function versionsOf({ base, head }: ChangedModule, sides: Sides): ComparedFunction['versions'] | undefined {
  if (base === undefined || head === undefined || base.error !== null || head.error !== null) return undefined;
  return { base: { module: sides.base, outline: base }, head: { module: sides.head, outline: head } };
}

/** Methods of the same class that may be called on the same object. */
function siblingsOf(head: FunctionOutline, modules: readonly ModuleOutline[]): FunctionOutline[] {
  if (head.owner === null) return [];
  return modules
    .flatMap(({ functions }) => functions)
    .filter((one) => one.owner === head.owner && one.kind === 'method' && !one.name.startsWith('_'));
}

function writtenCalls(head: FunctionOutline, modules: readonly ModuleOutline[]): string[] {
  if (head.kind !== 'function') return [];
  const found = new Set<string>();
  for (const { calls, functions } of modules) {
    for (const [name, args] of calls) if (name === head.name) found.add(args);
    for (const { examples } of functions) {
      for (const [source] of examples) {
        if (source.startsWith(`${head.name}(`) && source.endsWith(')') && !source.includes('\n')) {
          found.add(source.slice(head.name.length));
        }
      }
    }
  }
  return [...found].slice(0, MOST_WRITTEN);
}

function behaviourFindings(behaviour: Behaviour, place: Place): Finding[] {
  switch (behaviour.status) {
    case 'same':
      return [];
    case 'differs':
      return [difference(behaviour.witness, place)];
    case 'unknown': {
      if (behaviour.reason === 'no-difference-found' || behaviour.reason === 'unsupported') return [];
      const message = `nothing is known about ${place.function}: ${behaviour.detail}`;
      return [findingOf('unknown', { ...place, message, key: behaviour.reason })];
    }
  }
}

/** The finding that a witness makes. */
export function difference(witness: FoundWitness, place: Place, as?: 'side-effect'): Finding {
  const { kind } = witness;
  const own =
    kind === 'endless' ? 'endless' : kind === 'tampered' ? 'tampers' : kind === 'raises' ? 'raises' : 'differs';
  const flow = witness.scenario.map((step) => ({ path: place.path, line: place.line, text: shownCall(step) }));
  const self = witness.head.after.find(([name]) => name === 'self');
  return findingOf(as ?? own, {
    ...place,
    message: `\`${callsOf(witness)}\` ${differenceText(witness)}`,
    notes: self === undefined || kind === 'argument' ? [] : [`the object is ${self[1].slice(0, 500)} afterwards`],
    flow,
    key: `behaviour ${kind}`,
  });
}

function shownFunction(path: string, head: FunctionOutline, behaviour: Behaviour): PatchedFunction {
  switch (behaviour.status) {
    case 'same':
      return { ...plain(path, head, 'same', proofText(behaviour.proof)), proof: shownProof(behaviour.proof) };
    case 'differs':
      return {
        ...plain(path, head, 'differs', `\`${callsOf(behaviour.witness)}\` ${differenceText(behaviour.witness)}`),
        witness: shownWitness(behaviour.witness),
      };
    case 'unknown':
      return {
        ...plain(path, head, 'unknown', behaviour.detail),
        reason: behaviour.reason,
        inputs: behaviour.inputs,
      };
  }
}
