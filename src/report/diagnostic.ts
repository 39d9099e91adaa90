import type { Divergence, VariableDifference } from '../../core/divergence.ts';
import type { PathAnswer, Proof, VerifyResponse, Witness } from '../../core/verdict.ts';
import type { Finding } from '../check/patch-request.ts';
import { DIVERGENCE_CODES, INCONCLUSIVE_CODE, INCONCLUSIVE_CODES, REFUTED_CODE } from './codes.ts';
import { shorten } from './printable.ts';
import type { Result } from './result.ts';

/** One finding, in words. All texts are printable and on one line each. */
export interface Diagnostic {
  readonly code: string;
  readonly mark: 'wrong' | 'unsure';
  readonly headline: string;
  /** 1-based line of the program, or null. */
  readonly line: number | null;
  /** `step 7 of 12, in f`, or null. */
  readonly step: string | null;
  /** Texts under the caret. */
  readonly labels: readonly string[];
  readonly help: string | null;
  readonly notes: readonly string[];
}

/** Characters of a sentence in a note. */
const SENTENCE = 240;
/** Conditions of a path that are shown; the others are counted. */
const MOST_CONDITIONS = 8;
/** Differences that are shown; the others are counted. */
const MOST_LABELS = 6;

/** Names that {@link VariableDifference} uses for what is no variable. */
const NO_VARIABLES: ReadonlySet<string> = new Set(['return', 'exception', 'stdout']);

/**
 * What a verdict has to say to a person; null for a verified claim.
 *
 * @param width columns that a value may take before it is cut
 */
export function diagnose(response: VerifyResponse, width: number): Diagnostic | null {
  if (response.status === 'verified') return null;
  if (response.status === 'inconclusive') return undecided(response, width);
  const { divergence } = response;
  if (divergence === null) {
    return {
      code: REFUTED_CODE,
      mark: 'wrong',
      headline: shorten(response.message, width * 3),
      line: null,
      step: null,
      labels: [],
      help: null,
      notes: notesOf(response, width),
    };
  }
  return {
    code: DIVERGENCE_CODES[divergence.kind],
    mark: 'wrong',
    headline: headlineOf(divergence, width),
    line: divergence.line,
    step: stepOf(response, divergence),
    labels: labelsOf(divergence, width),
    help: helpOf(response, divergence, width),
    notes: notesOf(response, width),
  };
}

/** A finding of a comparison in words. */
export function diagnoseFinding(finding: Finding, width: number): Diagnostic {
  const { code, level, message, line, help, notes } = finding;
  return {
    code,
    mark: level === 'note' ? 'unsure' : 'wrong',
    headline: shorten(message, width * 6),
    line,
    step: finding.function === null ? null : `in ${shorten(finding.function, 60)}`,
    labels: [],
    help: help === null ? null : shorten(help, width * 3),
    notes: notes.map((note) => shorten(note, width * 3)),
  };
}

/** What a result has to say, if it is a finding or a verdict that is not verified. */
export function diagnosticOf(result: Result, width: number): Diagnostic | null {
  if ('finding' in result) return diagnoseFinding(result.finding, width);
  return 'response' in result ? diagnose(result.response, width) : null;
}

function undecided(response: VerifyResponse, width: number): Diagnostic {
  return {
    code: response.reason === null ? INCONCLUSIVE_CODE : INCONCLUSIVE_CODES[response.reason],
    mark: 'unsure',
    headline: shorten(`inconclusive (${response.reason ?? 'no reason'}): ${response.message}`, width * 3),
    line: response.divergence?.line ?? null,
    step: response.divergence === null ? null : stepOf(response, response.divergence),
    labels: response.divergence === null ? [] : labelsOf(response.divergence, width),
    help: null,
    notes: notesOf(response, width),
  };
}

function headlineOf(divergence: Divergence, width: number): string {
  const [only, second] = divergence.variables;
  if (divergence.kind !== 'value' || only === undefined || second !== undefined || NO_VARIABLES.has(only.name)) {
    return shorten(divergence.message, width * 3);
  }
  const { name, predicted, observed } = only;
  if (predicted === null || observed === null) return shorten(divergence.message, width * 3);
  return `predicted \`${shorten(name, 40)} = ${shorten(predicted, width)}\`, the program has \`${shorten(name, 40)} = ${shorten(observed, width)}\``;
}

function stepOf(response: VerifyResponse, divergence: Divergence): string | null {
  const scope = divergence.function === null ? '' : `in ${shorten(divergence.function, 60)}`;
  if (response.kind !== 'trace') return scope === '' ? null : scope;
  const step = divergence.frame + 1;
  const all = step <= response.frames.true ? response.frames.true : Math.max(step, response.frames.claimed);
  return `step ${step} of ${all}${scope === '' ? '' : `, ${scope}`}`;
}

function labelsOf(divergence: Divergence, width: number): string[] {
  const labels = divergence.variables.slice(0, MOST_LABELS).map((difference) => labelOf(difference, width));
  const rest = divergence.variables.length - labels.length;
  if (rest > 0) labels.push(`and ${rest} more`);
  if (labels.length > 0) return labels;
  const { predicted, observed } = divergence;
  if (predicted === null && observed === null) return [];
  // Source lines come with their indentation, which says nothing here.
  return [`predicted ${value(predicted?.trim() ?? null, width)}, observed ${value(observed?.trim() ?? null, width)}`];
}

function labelOf({ name, predicted, observed }: VariableDifference, width: number): string {
  return `${shorten(name, 40)}: predicted ${value(predicted, width)}, observed ${value(observed, width)}`;
}

function value(repr: string | null, width: number): string {
  return repr === null ? 'nothing' : shorten(repr, width);
}

function helpOf(response: VerifyResponse, divergence: Divergence, width: number): string | null {
  if (response.correction === null) return null;
  const state = divergence.variables
    .filter(({ observed }) => observed !== null)
    .slice(0, MOST_LABELS)
    .map(({ name, observed }) => `${shorten(name, 40)} = ${value(observed, width)}`);
  const from = `the true frames from step ${response.correction.from + 1} on are in \`correction\` of --format json`;
  return state.length === 0 ? from : `corrected state: ${state.join('; ')}; ${from}`;
}

function notesOf(response: VerifyResponse, width: number): string[] {
  const notes: string[] = [];
  const { frames, metrics, output, path, witness, proof } = response;
  if (response.kind === 'trace' && frames.true > 0) {
    const share = `${(metrics.steps_valid * 100).toFixed(0)} % of the steps are right given the claimed state before them`;
    notes.push(`${frames.matched} of ${frames.true} frames agree; ${share}`);
  }
  if (frames.stepped_over > 0) notes.push(`the claim steps over calls (${frames.stepped_over} frames)`);
  if (output?.returns !== undefined) notes.push(`the program returns ${shorten(output.returns, width)}`);
  if (output?.raises !== undefined) {
    const message = output.message === undefined || output.message === '' ? '' : `: ${output.message}`;
    notes.push(`the program raises ${shorten(output.raises + message, width)}`);
  }
  if (path !== null) notes.push(...pathNotes(path));
  if (witness !== null) notes.push(witnessNote(witness, width));
  if (proof !== null) notes.push(proofNote(proof));
  return notes;
}

function pathNotes({ status, exact, reason, conditions, witness, core, explanation }: PathAnswer): string[] {
  const notes = [`the claimed path: ${status}${exact ? '' : ' (not every condition is exact)'}`];
  for (const { line, text, taken } of conditions.slice(0, MOST_CONDITIONS)) {
    notes.push(`this run, line ${line}: ${shorten(taken ? text : `not (${text})`, SENTENCE)}`);
  }
  const more = conditions.length - MOST_CONDITIONS;
  if (more > 0) notes.push(`and ${more} more ${more === 1 ? 'condition' : 'conditions'} of this run`);
  if (reason !== null) notes.push(`why: ${shorten(reason, SENTENCE)}`);
  if (explanation !== null) notes.push(shorten(explanation, SENTENCE));
  if (witness !== null) notes.push(`the claimed path is that of ${shorten(witness.call, SENTENCE)}`);
  if (core.length > 0) notes.push(`these conditions clash: line ${core.join(', line ')}`);
  return notes;
}

function witnessNote({ call, expected, observed, other }: Witness, width: number): string {
  const gives = `witness: ${shorten(call, SENTENCE)} gives ${value(observed, width)}`;
  if (other !== null) return `${gives}, and ${value(other, width)} in the other version`;
  return expected === null ? gives : `${gives}, expected ${value(expected, width)}`;
}

function proofNote({ bounds, restrictions, paths, complete, certificate }: Proof): string {
  if (certificate !== null) return `proof: ${shorten(certificate, SENTENCE)}`;
  const within = [...bounds, ...restrictions.map((one) => `assuming ${one}`)];
  const extent = within.length === 0 ? 'no bounds' : shorten(within.join(', '), SENTENCE);
  return `${paths} ${paths === 1 ? 'path' : 'paths'}${complete ? ', which are all there are' : ''}; ${extent}`;
}
