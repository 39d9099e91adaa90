import type { VariableDifference } from '../divergence.ts';
import type { ClaimedFrame, Frame } from '../frame.ts';
import { UNCHANGED } from '../frame.ts';
import type { Outcome } from '../trace.ts';
import { brief } from './cut.ts';
import type { FrameDivergenceKind } from './frame.ts';
import type { SourceText } from './source-text.ts';

/** What a comparison of one frame found, as far as its sentence needs it. */
export interface FrameFinding {
  readonly kind: FrameDivergenceKind;
  readonly claimed: ClaimedFrame;
  readonly observed: Frame;
  /** The true frame before it in the same scope, exceptions and returns left out. */
  readonly before: Frame | undefined;
  readonly variables: readonly VariableDifference[];
  readonly source: SourceText;
}

/** One sentence: what the program does, and what was predicted instead. */
export function describeFinding(finding: FrameFinding): string {
  const { kind, claimed, observed, source } = finding;
  switch (kind) {
    case 'event':
      return `${describeTrueStep(observed)}, predicted ${describeClaimedStep(claimed)}`;
    case 'action':
      return describeAction(claimed, observed, source);
    case 'argument':
      return `${describeTrueStep(observed)}, predicted ${claimed.arg === undefined ? 'no value' : claimedValue(claimed, observed)}`;
    case 'keys':
    case 'value':
      return describeVariables(finding);
  }
}

function claimedValue(claimed: ClaimedFrame, observed: Frame): string {
  const arg = claimed.arg ?? '';
  return observed.event === 'exception' ? raisedText(arg) : brief(arg);
}

/** What the program does in this step, as `line 4 runs next` or `` `f` returns 3 ``. */
export function describeTrueStep(frame: Frame): string {
  switch (frame.event) {
    case 'call':
      return `\`${frame.function}\` is called`;
    case 'line':
      return `line ${frame.line} runs next`;
    case 'return':
      return `\`${frame.function}\` returns ${brief(frame.arg ?? '')}`;
    case 'exception':
      return `raises ${raisedText(frame.arg ?? '')} at line ${frame.line}`;
  }
}

function describeClaimedStep(claimed: ClaimedFrame): string {
  const [event] = claimed.events;
  if (event === undefined) return 'no event';
  const value = brief(claimed.arg ?? '');
  switch (event) {
    case 'call':
      return claimed.events.length > 1 ? claimedLine(claimed) : `a call of ${claimedLine(claimed)}`;
    case 'line':
      return claimedLine(claimed);
    case 'return':
      return `a return of ${value}`;
    case 'exception':
      return `an exception ${raisedText(claimed.arg ?? '')}`;
  }
}

function claimedLine(claimed: ClaimedFrame): string {
  if (claimed.line !== undefined) return `line ${claimed.line}`;
  return claimed.source === undefined ? 'no line' : `\`${brief(claimed.source.trim())}\``;
}

function describeAction(claimed: ClaimedFrame, observed: Frame, source: SourceText): string {
  const is = describeLine(observed);
  const sameLine = claimed.line === observed.line;
  if (
    claimed.function !== undefined &&
    claimed.function !== observed.function &&
    (sameLine || claimed.line === undefined)
  ) {
    return `${is} in \`${observed.function}\`, predicted \`${brief(claimed.function)}\``;
  }
  if (claimed.line !== undefined && !sameLine) return `${is}, predicted line ${claimed.line}`;
  return `${is}: \`${brief(source.line(observed.line).trim())}\`, predicted ${
    claimed.source === undefined ? 'no line' : `\`${brief(claimed.source.trim())}\``
  }`;
}

function describeLine(frame: Frame): string {
  switch (frame.event) {
    case 'call':
      return `\`${frame.function}\` is called, at line ${frame.line}`;
    case 'line':
      return `line ${frame.line} runs next`;
    case 'return':
      return `line ${frame.line} returns`;
    case 'exception':
      return `line ${frame.line} raises`;
  }
}

function describeVariables(finding: FrameFinding): string {
  const { kind, observed, before, claimed } = finding;
  const where =
    observed.event === 'call'
      ? `when \`${observed.function}\` is called`
      : before === undefined || before.event === 'call'
        ? `at the start of \`${observed.function}\``
        : `after line ${before.line}`;
  if (claimed.locals === undefined) return `${where} the claim gives no locals`;
  const differing = finding.variables.filter(
    ({ predicted, observed: is }) => kind === 'value' || predicted === null || is === null,
  );
  const [first, ...more] = differing;
  if (first === undefined) return `${where} the locals differ`;
  const others =
    more.length === 0
      ? ''
      : `; ${more
          .map(({ name }) => `\`${brief(name)}\``)
          .slice(0, 5)
          .join(', ')} differ too`;
  return `${where} ${describeVariable(first)}${others}`;
}

function describeVariable({ name, predicted, observed }: VariableDifference): string {
  const shown = `\`${brief(name)}\``;
  if (observed === null) return `there is no ${shown}, predicted ${brief(predicted ?? '')}`;
  if (predicted === null) return `${shown} is ${brief(observed)}, and the claim lacks it`;
  return `${shown} is ${brief(observed)}, predicted ${predicted === UNCHANGED ? 'no change' : brief(predicted)}`;
}

/** `KeyError('x')` of `(<class 'KeyError'>, KeyError('x'), <traceback object>)`. */
function raisedText(arg: string): string {
  const start = arg.startsWith('(<class ') ? arg.indexOf('>, ') : -1;
  const end = arg.lastIndexOf(', <traceback object');
  return brief(start >= 0 && end > start + 3 ? arg.slice(start + 3, end) : arg);
}

/** How the run ends, in words. */
export function describeOutcome(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'returned':
      return `the run returns ${brief(outcome.value)}`;
    case 'raised': {
      const where = outcome.line === undefined ? '' : ` at line ${outcome.line}`;
      const message = outcome.message === '' ? '' : `: ${brief(outcome.message)}`;
      return `the program raises ${outcome.type}${where}${outcome.atImport ? ' before its entry is called' : ''}${message}`;
    }
    case 'halted':
      return `the run was stopped (${outcome.reason}): ${brief(outcome.detail)}`;
  }
}
