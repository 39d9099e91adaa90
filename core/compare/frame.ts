import type { DivergenceKind, VariableDifference } from '../divergence.ts';
import type { ClaimedFrame, Frame } from '../frame.ts';
import { UNCHANGED } from '../frame.ts';
import { cut, REPR_LIMIT } from './cut.ts';
import type { SourceText } from './source-text.ts';
import { bareLine } from './source-text.ts';
import { sameRepr, typeOfRepr } from './value.ts';

/** How one claimed frame can differ from the true frame at its position. */
export type FrameDivergenceKind = Extract<DivergenceKind, 'event' | 'action' | 'keys' | 'value' | 'argument'>;

/** The frame that `..` refers to: the one just before, if that was a call or line frame of the same scope. */
export type Memory = Frame | null;

/** The memory for the frame that follows `frame`: a call and a return reset it, an exception does not. */
export function remember(memory: Memory, frame: Frame): Memory {
  if (frame.event === 'return') return null;
  return frame.event === 'exception' ? memory : frame;
}

/** How the claimed frame differs from the true one, control before state; null where it holds. */
export function compareFrame(
  claimed: ClaimedFrame,
  observed: Frame,
  memory: Memory,
  source: SourceText,
): FrameDivergenceKind | null {
  if (!claimed.events.includes(observed.event)) return 'event';
  if (!sameAction(claimed, observed, source)) return 'action';
  if (observed.locals !== undefined) return compareLocals(claimed, observed, observed.locals, memory);
  return claimed.arg !== undefined && sameRepr(claimed.arg, observed.arg ?? '') ? null : 'argument';
}

/**
 * Whether the claimed frame is at the true frame's line, in its function: compared as far as the claim tells, and it
 * must tell the line's number or its text.
 */
export function sameAction(claimed: ClaimedFrame, observed: Frame, source: SourceText): boolean {
  if (claimed.line === undefined && claimed.source === undefined) return false;
  if (claimed.line !== undefined && claimed.line !== observed.line) return false;
  if (claimed.function !== undefined && claimed.function !== observed.function) return false;
  if (claimed.source === undefined) return true;
  const line = source.line(observed.line);
  return claimed.source === line || bareLine(claimed.source) === line;
}

function compareLocals(
  claimed: ClaimedFrame,
  observed: Frame,
  locals: ReadonlyMap<string, string>,
  memory: Memory,
): 'keys' | 'value' | null {
  if (claimed.locals === undefined) return 'keys';
  for (const name of claimed.locals.keys()) if (!locals.has(name)) return 'keys';
  if (claimed.locals.size !== locals.size) return 'keys';
  const remembered = rememberedLocals(observed, memory);
  for (const [name, predicted] of claimed.locals) {
    if (!sameLocal(predicted, locals.get(name) ?? '', remembered?.get(name))) return 'value';
  }
  return null;
}

function rememberedLocals(observed: Frame, memory: Memory): ReadonlyMap<string, string> | undefined {
  return memory !== null && memory.scope === observed.scope && observed.event !== 'call' ? memory.locals : undefined;
}

function sameLocal(predicted: string, observed: string, before: string | undefined): boolean {
  if (predicted !== UNCHANGED) return sameRepr(predicted, observed);
  return observed === UNCHANGED || (before !== undefined && sameRepr(before, observed));
}

/** Every name whose value differs or that only one side has, sorted; long reprs are cut, and so is a long list. */
export function differingVariables(claimed: ClaimedFrame, observed: Frame, memory: Memory): VariableDifference[] {
  if (observed.locals === undefined) {
    return [difference(observed.event, claimed.arg ?? null, observed.arg ?? null)];
  }
  const remembered = rememberedLocals(observed, memory);
  const names = new Set([...observed.locals.keys(), ...(claimed.locals?.keys() ?? [])]);
  const variables: VariableDifference[] = [];
  for (const name of [...names].sort()) {
    const is = observed.locals.get(name);
    const predicted = claimed.locals?.get(name);
    if (is !== undefined && predicted !== undefined && sameLocal(predicted, is, remembered?.get(name))) continue;
    variables.push(difference(name, predicted ?? null, is ?? null));
    if (variables.length === MAX_VARIABLES) break;
  }
  return variables;
}

const MAX_VARIABLES = 50;

/** One differing name, as a divergence reports it. Long reprs are cut. */
export function difference(name: string, predicted: string | null, observed: string | null): VariableDifference {
  return {
    name,
    type: observed === null ? null : typeOfRepr(observed),
    predicted: predicted === null ? null : cut(predicted, REPR_LIMIT),
    observed: observed === null ? null : cut(observed, REPR_LIMIT),
  };
}
