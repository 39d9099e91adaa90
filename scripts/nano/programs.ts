/** The programs of a JSONL file: rows with a `source`, or CRUXEval's rows with `code` and `input`. */
export function loadPrograms(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => {
      const row = JSON.parse(line) as { source?: string; code?: string; input?: string };
      return row.source ?? `${row.code}\n\n\ndef main():  # << START_OF_TRACE\n    return f(${row.input})\n`;
    });
}
