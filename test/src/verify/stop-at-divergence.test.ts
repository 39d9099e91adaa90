import { beforeAll, describe, expect, it, vi } from 'vitest';
import type { TraceClaim } from '../../../core/claim.ts';
import type { Frame } from '../../../core/frame.ts';
import { resolveProgram, sourceLines } from '../../../core/program.ts';
import type { VerifyRequest } from '../../../core/verdict.ts';
import { renderTagged } from '../../../neural/formats/cwm/render.ts';
import { renderJsonFrames } from '../../../neural/formats/json.ts';
import { resolveBudget } from '../../../src/verify/question.ts';
import { useEngine } from './engine.ts';
import { asJson, asStripped, asTagged } from './trace-forms.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

/** The first call alone takes several blocks of frames. */
const N = 40_000;
const SOURCE = `\
def g(n):
    t = 0
    for i in range(n):
        t += i
    return t

def f(n):
    a = g(n)
    b = 0
    for i in range(n):
        b += i
    return a == b
`;
const BUDGET = { steps: 10 ** 6, ms: 60_000, trace_mb: 512 };
const PROGRAM = { source: SOURCE, entry: { call: `f(${N})` }, python: '3.10' } as const;

const engine = useEngine();
let frames: readonly Frame[];

beforeAll(async () => {
  const program = resolveProgram(PROGRAM, '3.10');
  const { trace } = await engine.assay.replay({ program, budget: resolveBudget(BUDGET) });
  frames = [...trace.frames];
  expect(frames.length).toBeGreaterThan(4 * N);
});

function asked(claim: TraceClaim, stop: boolean, more: Partial<VerifyRequest['program']> = {}): VerifyRequest {
  const options = {
    correction: true,
    path: 'off',
    bounded: 'reject',
    cross_check: false,
    budget: BUDGET,
    ...(stop && { stop_at_divergence: true }),
  } as const;
  return { program: { ...PROGRAM, ...more }, claim, options };
}

/** The answers to a claim without and with the stop. */
async function both(claim: TraceClaim, more: Partial<VerifyRequest['program']> = {}) {
  const whole = await engine.assay.verify(asked(claim, false, more));
  const stopped = await engine.assay.verify(asked(claim, true, more));
  return { whole, stopped };
}

/** These frames with another value of a variable in one of them. */
function spoilt(claimed: readonly Frame[], at: number, name: string): Frame[] {
  return claimed.map((frame, index) => {
    return index === at ? { ...frame, locals: new Map([...(frame.locals ?? []), [name, '-1']]) } : frame;
  });
}

describe('a run that is to end where its claim is wrong', () => {
  it('ends soon after, with the same verdict on as many frames as there are', async () => {
    const claim = asJson(renderJsonFrames(spoilt(frames.slice(0, 40), 20, 't')));
    const { whole, stopped } = await both(claim);
    expect(whole).toMatchObject({ status: 'corrected', divergence: { frame: 20, kind: 'value' } });
    expect([stopped.status, stopped.message, stopped.divergence]).toEqual([
      whole.status,
      whole.message,
      whole.divergence,
    ]);
    expect(whole.frames.true).toBe(frames.length);
    expect(stopped.frames.true).toBeLessThan(frames.length);
    expect(stopped.metrics.frames_true).toBe(stopped.frames.true);
    if (stopped.correction?.format !== 'json' || whole.correction?.format !== 'json') throw new Error('no frames');
    const { length } = stopped.correction.frames;
    expect(length).toBe(stopped.frames.true - 20);
    expect(stopped.correction.frames).toEqual(whole.correction.frames.slice(0, length));
  });

  const outer = () => frames.filter(({ depth }) => depth === 0);
  const tagged = (claimed: readonly Frame[]) => renderTagged(claimed, sourceLines(SOURCE));

  it.each([
    ['JSON frames', (claimed: readonly Frame[]) => asJson(renderJsonFrames(claimed))],
    ['tagged text', (claimed: readonly Frame[]) => asTagged(tagged(claimed))],
    ['text without special tokens', (claimed: readonly Frame[]) => asStripped(tagged(claimed))],
  ])('does not end inside a call that the claim leaves out, in %s', async (_, write) => {
    const right = await both(write(outer()));
    expect(right.stopped.status).toBe('verified');
    expect(right.stopped.metrics).toEqual(right.whole.metrics);
    const wrong = await both(write(spoilt(outer().slice(0, 50), 40, 'b')));
    expect(wrong.stopped.divergence).toEqual(wrong.whole.divergence);
    expect(wrong.stopped).toMatchObject({ status: 'corrected', divergence: { frame: 40, kind: 'value' } });
  });

  it('goes on where the claim only ends early, and where the program may make classes', async () => {
    const early = await both(asJson(renderJsonFrames(frames.slice(0, 40))));
    expect(early.stopped).toMatchObject({ status: 'incomplete', frames: { true: frames.length } });
    const source = `${SOURCE}class C: pass\n`;
    const classes = await both(asJson(renderJsonFrames(spoilt(frames.slice(0, 40), 20, 't'))), { source });
    expect(classes.stopped).toMatchObject({ status: 'corrected', frames: { true: frames.length } });
  });
});
