import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { sameRepr } from '../../../core/compare/value.ts';
import type { DivergenceKind } from '../../../core/divergence.ts';
import { type Program, type PythonVersion, sourceLines } from '../../../core/program.ts';
import type { Status, VerifyResponse } from '../../../core/verdict.ts';
import { useEngine, verdictOf } from './engine.ts';
import type { PlainFrame } from './mutations.ts';

/** A published output of CWM, and what another replay found out about it. */
interface Row {
  readonly id: string;
  readonly context: string;
  readonly output: string;
  readonly reference: {
    readonly python: PythonVersion;
    readonly frames_predicted: number;
    readonly frames_true: number;
    readonly first_divergence: { readonly frame: number; readonly kind: string } | null;
  };
}

const FILE = new URL('../../../../shared/data/cwm-outputs.jsonl', import.meta.url);
const WITHOUT_OUTPUTS = existsSync(FILE) ? undefined : '../shared/data/cwm-outputs.jsonl is absent';
const rows: Row[] =
  WITHOUT_OUTPUTS === undefined
    ? readFileSync(FILE, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
    : [];

/** The reference's words where they are not ours. */
const KINDS: Readonly<Record<string, DivergenceKind>> = {
  'return-arg': 'argument',
  'exception-arg': 'argument',
  'state-values': 'value',
  'state-keys': 'keys',
};

/** Outputs that a token limit cut within a source line: the reference took what is left of it for a wrong line. */
const CUT_IN_A_LINE: ReadonlySet<string> = new Set([
  'humaneval/HumanEval_36_tc4',
  'humaneval/HumanEval_55_tc0',
  'humaneval/HumanEval_55_tc4',
  'humaneval/HumanEval_59_tc3',
  'humaneval/HumanEval_150_tc4',
]);

/** Outputs about runs that use up the default budget. */
const OVER_BUDGET: ReadonlySet<string> = new Set(['humaneval/HumanEval_75_tc4', 'humaneval/HumanEval_147_tc3']);

/** The reference stopped counting true frames here. */
const REFERENCE_LIMIT = 4000;

const engine = useEngine();

function programOf({ context, reference }: Row): Program {
  return { source: context, python: reference.python };
}

function askAbout(row: Row): Promise<VerifyResponse> {
  return engine.assay.verify({
    program: programOf(row),
    claim: { kind: 'trace', format: 'cwm', text: row.output },
  });
}

function expectedVerdict({ id, reference }: Row) {
  const { first_divergence: found } = reference;
  if (found === null) return { status: 'verified' };
  const { frame } = found;
  const kind = CUT_IN_A_LINE.has(id) ? 'short' : (KINDS[found.kind] ?? found.kind);
  const status: Status = kind === 'short' ? 'incomplete' : 'corrected';
  return { ...(OVER_BUDGET.has(id) ? { status: 'inconclusive', reason: 'budget' } : { status }), kind, frame };
}

/** The locals and the beginning of a source line at which a stripped trace was cut. */
function readCutFrame(output: string): { locals: Record<string, string>; source: string } {
  // The value of the frame before may stand in front on the same line.
  const last = output.slice(output.lastIndexOf('\n') + 1).replace(/^"(?:[^"\\]|\\.)*"/, '');
  for (let end = last.indexOf('}'); end >= 0; end = last.indexOf('}', end + 1)) {
    try {
      return { locals: JSON.parse(last.slice(0, end + 1)), source: last.slice(end + 1) };
    } catch {
      // That brace stood inside a value.
    }
  }
  throw new Error(`no locals at the start of ${JSON.stringify(last)}`);
}

describe('published outputs of CWM', () => {
  it('are all there', ({ skip }) => {
    skip(WITHOUT_OUTPUTS !== undefined, WITHOUT_OUTPUTS);
    expect(rows).toHaveLength(91);
  });

  it.each(rows)('$id diverges where the reference says', async (row) => {
    const answer = await askAbout(row);
    expect(verdictOf(answer)).toEqual(expectedVerdict(row));
    if (row.reference.frames_true < REFERENCE_LIMIT) expect(answer.frames.true).toBe(row.reference.frames_true);
  });

  it.each(rows)('$id has metrics within their bounds', async (row) => {
    const { metrics, frames } = await askAbout(row);
    for (const share of ['prefix', 'state_exact', 'action_exact', 'steps_valid', 'output_exact'] as const) {
      expect(metrics[share], share).toBeGreaterThanOrEqual(0);
      expect(metrics[share], share).toBeLessThanOrEqual(1);
    }
    expect(frames.matched).toBeLessThanOrEqual(frames.claimed);
    // Each step between frames that hold is right given the state before it.
    if (frames.claimed > 1) {
      expect(metrics.steps_valid).toBeGreaterThanOrEqual((frames.matched - 1) / (frames.claimed - 1));
    }
  });

  it.each(rows.filter(({ id }) => CUT_IN_A_LINE.has(id)))('$id was cut in a line that is right', async (row) => {
    const cut = readCutFrame(row.output);
    const at = row.reference.first_divergence?.frame ?? 0;
    const { frames = [] } = await engine.assay.trace({ program: programOf(row) });
    const [before, actual]: (PlainFrame | undefined)[] = frames.slice(at - 1, at + 1);
    const line = sourceLines(row.context)[(actual?.line ?? 0) - 1] ?? '';
    expect(line.startsWith(cut.source)).toBe(true);
    expect(line.length).toBeGreaterThan(cut.source.length);
    expect(Object.keys(cut.locals).sort()).toEqual(Object.keys(actual?.locals ?? {}).sort());
    for (const [name, repr] of Object.entries(cut.locals)) {
      const claimed = repr === '..' ? before?.locals?.[name] : repr;
      expect(sameRepr(claimed ?? '', actual?.locals?.[name] ?? ''), name).toBe(true);
    }
  });
});
