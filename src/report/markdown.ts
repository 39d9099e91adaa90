import { diagnosticOf } from './diagnostic.ts';
import { locationOf } from './location.ts';
import { printable } from './printable.ts';
import type { Renderer, Result } from './result.ts';

const WIDTH = 120;
/** GitHub refuses a step summary of more than a mebibyte. */
const MOST_CHARACTERS = 900_000;

/** A table of findings, for a comment or a step's summary. */
export function markdown(): Renderer {
  let begun = false;
  let written = 0;
  let dropped = 0;
  return {
    result: (result) => {
      const row = rowOf(result);
      if (row === '') return '';
      if (written + row.length > MOST_CHARACTERS) {
        dropped++;
        return '';
      }
      written += row.length;
      const head = begun ? '' : '| finding | where | what |\n| --- | --- | --- |\n';
      begun = true;
      return head + row;
    },
    end: () => {
      if (!begun) return 'No findings.\n';
      return dropped === 0 ? '' : `\n${dropped} more findings are left out.\n`;
    },
  };
}

function rowOf(result: Result): string {
  if ('problem' in result) return `| error | ${cell(result.subject.name)} | ${cell(result.problem.detail)} |\n`;
  const diagnostic = diagnosticOf(result, WIDTH);
  if (diagnostic === null) return '';
  const { code, headline, line, help, notes, step } = diagnostic;
  const where = [locationOf(result.subject, line), ...(step === null ? [] : [step])].join(', ');
  const what = [headline, ...notes, ...(help === null ? [] : [`help: ${help}`])].map(cell).join('<br>');
  return `| ${code} | ${cell(where)} | ${what} |\n`;
}

/** Text that neither ends its cell nor is taken for markup. */
function cell(text: string): string {
  return printable(text)
    .replace(/[\\|<>*_[\]#&!]/g, (character) => `&#${character.charCodeAt(0)};`)
    .replaceAll('`', '&#96;');
}
