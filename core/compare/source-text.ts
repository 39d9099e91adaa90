/** The source of a program as frames and claims are compared with it. */
export interface SourceText {
  /** Text of a 1-based line without the entry mark and trailing white space; empty for a line that does not exist. */
  line(number: number): string;
}

/** @param lines the physical lines, as `sourceLines` gives them */
export function sourceText(lines: readonly string[]): SourceText {
  const bare: string[] = [];
  return {
    line(number) {
      const known = bare[number];
      if (known !== undefined) return known;
      const text = bareLine(lines[number - 1] ?? '');
      bare[number] = text;
      return text;
    },
  };
}

/** The parts of the entry mark from its end to its start: models vary the white space between them. */
const MARK_PARTS = ['START_OF_TRACE', '<<', '#'];

/** A source line without the entry mark and trailing white space. */
export function bareLine(text: string): string {
  const line = text.trimEnd();
  let rest = line;
  for (const part of MARK_PARTS) {
    if (!rest.endsWith(part)) return line;
    rest = rest.slice(0, -part.length).trimEnd();
  }
  return rest;
}
