import { NO_METRICS } from '../../../core/metrics.ts';
import type { VerifyResponse } from '../../../core/verdict.ts';
import type { Subject, View } from '../../../src/report/result.ts';
import { createStyle } from '../../../src/report/style.ts';

/** Verdicts of each kind, as an engine gives them, with one thing changed at a time. */

export const VERIFIED: VerifyResponse = {
  status: 'verified',
  kind: 'trace',
  frames: { claimed: 8, true: 8, matched: 8, stepped_over: 0 },
  divergence: null,
  correction: null,
  metrics: {
    frames_claimed: 8,
    frames_true: 8,
    frames_matched: 8,
    prefix: 1,
    state_exact: 1,
    action_exact: 1,
    frames_exact: 1,
    steps_valid: 1,
    output_exact: 1,
  },
  path: null,
  witness: null,
  proof: null,
  output: { returns: '10' },
  stdout: '',
  reason: null,
  message: 'all 8 frames agree',
  stamp: { assay: '0.1.0', engine: 'pyodide-0.22.1', python: '3.10.2', z3: null, policy: '1' },
  evidence: `sha256:${'0'.repeat(64)}`,
  timings_ms: { queue: 0.1, replay: 1.2, compare: 0.1, path: 0, total: 1.6 },
};

export const CORRECTED: VerifyResponse = {
  ...VERIFIED,
  status: 'corrected',
  frames: { claimed: 8, true: 8, matched: 4, stepped_over: 2 },
  divergence: {
    frame: 4,
    line: 4,
    function: 'f',
    kind: 'value',
    family: 'state',
    variables: [{ name: 'total', type: 'int', predicted: '11', observed: '10' }],
    predicted: null,
    observed: null,
    span: { start: 120, end: 160 },
    message: 'after line 3 `total` is 10, predicted 11',
  },
  correction: {
    from: 4,
    format: 'cwm',
    text: '<|line_sep|>{}<|action_sep|>    total += i\n<|frame_sep|><|end_of_text|>',
  },
  metrics: {
    ...VERIFIED.metrics,
    frames_matched: 4,
    prefix: 0.5,
    state_exact: 0.9,
    steps_valid: 0.86,
    output_exact: 0,
  },
  message: 'after line 3 `total` is 10, predicted 11',
};

export const INCOMPLETE: VerifyResponse = {
  ...VERIFIED,
  status: 'incomplete',
  frames: { claimed: 5, true: 8, matched: 5, stepped_over: 0 },
  divergence: {
    frame: 5,
    line: 2,
    function: 'f',
    kind: 'short',
    family: 'control',
    variables: [],
    predicted: null,
    observed: 'line',
    span: null,
    message: 'the trace stops after 5 of 8 frames',
  },
  message: 'the trace stops after 5 of 8 frames',
};

export const INCONCLUSIVE: VerifyResponse = {
  ...VERIFIED,
  status: 'inconclusive',
  frames: { claimed: 8, true: 0, matched: 0, stepped_over: 0 },
  metrics: NO_METRICS,
  output: null,
  stdout: null,
  reason: 'budget',
  message: 'the run was stopped after 100000 steps',
};

/** A verdict whose texts try to take the terminal over. */
export const HOSTILE: VerifyResponse = {
  ...CORRECTED,
  divergence: {
    frame: 4,
    line: 3,
    function: 'f\u001b]0;owned\u0007',
    kind: 'value',
    family: 'state',
    variables: [
      { name: 'a\u202eb', type: 'str', predicted: "'\u001b[2J\u001b[H'", observed: `'${'x'.repeat(100_000)}'` },
      { name: 'b', type: null, predicted: "'line\nforged: ok'", observed: null },
    ],
    predicted: null,
    observed: null,
    span: null,
    message: 'after line 2 `a` is \u009b31m\r\n\u2028 verified',
  },
  message: '\u001b[32mverified\u001b[0m',
};

export const SOURCE = 'def f(n):\n    total = 0\n    for i in range(n):\n        total += i\n    return total\n';

export const SUBJECT: Subject = { name: 'sum.cwm', source: SOURCE, program: { name: 'sum.cwm', lineOffset: 0 } };

export const PLAIN: View = { style: createStyle(false), width: 100, quiet: false };
