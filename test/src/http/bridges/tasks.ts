/** A task as a data set holds it, and completions about it. */
export const PROGRAM = {
  source: 'def f(x):\n    y = x + 1\n    return y\n',
  entry: { call: 'f(3)' },
  python: '3.10',
} as const;

export const TASK = { program: PROGRAM };

export const RIGHT = '[ANSWER]\nassert f(3) == 4\n[/ANSWER]';
export const WRONG = '[ANSWER]\nassert f(3) == 5\n[/ANSWER]';

/** The whole trace as JSON frames, with one value in it. */
export function traceOf(y: string): string {
  const frames = [
    { event: 'call', line: 1, locals: { x: '3' } },
    { event: 'line', line: 2, locals: { x: '3' } },
    { event: 'line', line: 3, locals: { x: '3', y } },
    { event: 'return', line: 3, arg: y },
  ];
  return `\`\`\`json\n${JSON.stringify(frames)}\n\`\`\``;
}

/** What a model may write in place of a claim. None of it is an error, and none of it earns anything. */
export const GARBAGE: readonly string[] = [
  '',
  ' ',
  '\u0000\ud800',
  '[ANSWER][ANSWER][/ANSWER',
  '[TRACE] …',
  '{"frames": [',
  `${'['.repeat(20_000)}${']'.repeat(20_000)}`,
  '<think>'.repeat(1_000),
  `[ANSWER]${'('.repeat(50_000)}[/ANSWER]`,
  '__proto__',
  'I would rather not.',
];
