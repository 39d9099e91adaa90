/** The special tokens of the trace format: name → id in CWM's vocabulary. */
export const TOKEN_IDS = {
  begin_of_text: 128000,
  end_of_text: 128001,
  frame_sep: 128100,
  action_sep: 128101,
  return_sep: 128102,
  call_sep: 128103,
  line_sep: 128104,
  exception_sep: 128105,
  arg_sep: 128106,
  trace_context_start: 128107,
} as const;

export type TokenName = keyof typeof TOKEN_IDS;

export const TOKEN_NAMES = Object.keys(TOKEN_IDS) as readonly TokenName[];

const NAMES_BY_ID: ReadonlyMap<number, TokenName> = new Map(TOKEN_NAMES.map((name) => [TOKEN_IDS[name], name]));

/** The name of a special token, or undefined for an id that the format does not use. */
export function tokenOfId(id: number): TokenName | undefined {
  return NAMES_BY_ID.get(id);
}

/** A special token as a decoder writes it: its tag. */
export function tagOf(name: TokenName): string {
  return `<|${name}|>`;
}

/** What models write after a trace when they go on to explain it. At the start of a frame it ends the trace. */
export const END_MARKS: readonly string[] = ['[/ANSWER]', 'Now let us analyze'];
