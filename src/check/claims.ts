import type { Example, ModuleOutline } from '../../bridges/python/outline.ts';
import type { OutputClaim } from '../../core/claim.ts';
import type { VerifyResponse } from '../../core/verdict.ts';
import type { ReplayOptions } from '../../workers/pool.ts';
import { type Engine, verify } from '../verify/pipeline.ts';
import { driveModule } from './driver.ts';
import { findingOf } from './finding.ts';
import type { Finding, PatchClaim, PatchOptions } from './patch-request.ts';

/** A claim about the head version, or an example of a docstring with what has to run before it. */
interface Stated {
  readonly claim: PatchClaim;
  readonly before: readonly string[];
  /** It says what is shown: what is printed, and the value. */
  readonly isExample?: boolean;
}

export interface ClaimResult {
  readonly verdict: 'verified' | 'refuted' | 'undecided';
  readonly finding: Finding | undefined;
}

/** What claims are tested with. */
export interface ClaimContext {
  readonly engine: Engine;
  readonly call: ReplayOptions;
  readonly files: Readonly<Record<string, string>>;
  readonly options: PatchOptions;
}

/** Tests one claim of the request. */
export function testClaim(claim: PatchClaim, context: ClaimContext): Promise<ClaimResult> {
  return test({ claim, before: [] }, context);
}

/** Tests the examples in a module's docstrings. Those that are no expression, or leave something open, are not counted. */
export async function testExamples(
  path: string,
  { functions, examples }: ModuleOutline,
  context: ClaimContext,
): Promise<ClaimResult[]> {
  const results: ClaimResult[] = [];
  for (const group of [examples, ...functions.map((one) => one.examples)]) {
    const before: string[] = [];
    for (const example of group) {
      const claim = claimOfExample(path, example);
      const result = claim && (await test({ claim, before, isExample: true }, context));
      if (result !== undefined && result.verdict !== 'undecided') results.push(result);
      // What is tested may leave something behind, such as an iterator that went on.
      before.push(example[0]);
    }
  }
  return results;
}

/** Runs the examples before one: what they print, and what they raise, is their own matter. */
function runningBefore(examples: readonly string[]): string {
  return `\
def __assay_before(examples, space):
    import io, sys
    out, sys.stdout = sys.stdout, io.StringIO()
    try:
        for example in examples:
            try:
                exec(compile(example + "\\n", "<example>", "exec"), space)
            except Exception:
                pass
    finally:
        sys.stdout = out
__assay_before(${JSON.stringify(examples)}, globals())
`;
}

/** Whether a call shows what an example wants: what it prints, and then its value, unless that is None. */
function shows(want: string, { output, stdout }: VerifyResponse): boolean {
  if (output?.returns === undefined) return false;
  const value = output.returns === 'None' ? '' : output.returns;
  const lines = (text: string) => text.split('\n').map((line) => line.trim());
  return lines(`${stdout ?? ''}${value}`.trim()).join('\n') === lines(want.trim()).join('\n');
}

/** Markers of what the form of `doctest` leaves open, or treats in a way of its own. */
const OPEN = /\.\.\.|<BLANKLINE>|doctest:/;

function claimOfExample(path: string, [source, want, line]: Example): PatchClaim | undefined {
  if (want === '' || OPEN.test(want) || OPEN.test(source) || source.includes('\n')) return undefined;
  const raised = /^Traceback \(most recent call last\):/.test(want) ? want.split('\n').at(-1) : undefined;
  const place = { file: path, source: path, line, call: source };
  if (raised === undefined) return { ...place, returns: want };
  return { ...place, raises: raised.split(':', 1)[0] ?? raised };
}

async function test(
  { claim, before, isExample = false }: Stated,
  { engine, call, files, options }: ClaimContext,
): Promise<ClaimResult> {
  const { file, returns, raises, message, stdout } = claim;
  if (!Object.hasOwn(files, file)) return undecided(claim, `the head has no file ${file}`);
  const { source, files: needed } = driveModule(file, files);
  const output: OutputClaim = {
    kind: 'output',
    ...(returns !== undefined && { returns }),
    ...(raises !== undefined && { raises }),
    ...(message !== undefined && { message }),
    ...(stdout !== undefined && { stdout }),
  };
  const program = {
    source: before.length === 0 ? source : `${source}\n${runningBefore(before)}`,
    entry: { call: claim.call },
    python: options.python,
    world: { files: { ...needed } },
  };
  const response = await verify(engine, { program, claim: output }, call);
  if (response.status === 'verified') return { verdict: 'verified', finding: undefined };
  if (response.status === 'inconclusive' || isUnread(response)) return undecided(claim, response.message);
  if (isExample && claim.returns !== undefined && shows(claim.returns, response)) {
    return { verdict: 'verified', finding: undefined };
  }
  return { verdict: 'refuted', finding: refutation(claim, response) };
}

/** The call itself cannot be read, or the module cannot be imported here: nothing was shown about the claim. */
function isUnread({ output }: VerifyResponse): boolean {
  return (
    output?.raises === 'SyntaxError' || output?.raises === 'ModuleNotFoundError' || output?.raises === 'ImportError'
  );
}

function refutation(claim: PatchClaim, response: VerifyResponse): Finding {
  const { returns, raises, message } = response.output ?? {};
  const truth = returns === undefined ? `raises ${raises}${message ? `: ${message}` : ''}` : `returns ${returns}`;
  const shown = response.divergence?.variables[0]?.name === 'stdout' ? response.message : `${claim.call} ${truth}`;
  return findingOf('claim-refuted', {
    path: claim.source ?? claim.file,
    line: claim.line ?? null,
    message: `claimed \`${claim.call}\` ${claimedText(claim)}; ${shown}`,
    help: 'correct the claim, or the code that it speaks of',
    key: claim.call,
  });
}

function claimedText({ returns, raises, message, stdout }: PatchClaim): string {
  const parts: string[] = [];
  if (returns !== undefined) parts.push(`returns ${returns}`);
  if (raises !== undefined) parts.push(`raises ${raises}${message === undefined ? '' : `: ${message}`}`);
  if (stdout !== undefined) parts.push(`prints ${JSON.stringify(stdout)}`);
  return parts.join(' and ');
}

function undecided(claim: PatchClaim, why: string): ClaimResult {
  const finding = findingOf('claim-undecided', {
    path: claim.source ?? claim.file,
    line: claim.line ?? null,
    message: `nothing was shown about the claim \`${claim.call}\` ${claimedText(claim)}: ${why}`,
    key: claim.call,
  });
  return { verdict: 'undecided', finding };
}
