import { sourceLines } from '../../core/program.ts';
import { columnOf } from './code-frame.ts';
import { diagnosticOf } from './diagnostic.ts';
import type { Renderer, Result } from './result.ts';

/** Annotations of one kind that GitHub shows for a step; it drops the others without a word. */
const MOST_ANNOTATIONS = 10;
const WIDTH = 100;

/**
 * Workflow commands that GitHub turns into annotations: `::error file=a.py,line=3,title=AS101::…`. The first ten findings;
 * the others are counted, and stand in the step's summary.
 */
export function github(): Renderer {
  let found = 0;
  return {
    result: (result) => {
      const line = annotation(result);
      if (line === '') return '';
      found++;
      return found <= MOST_ANNOTATIONS ? line : '';
    },
    end: () => {
      const more = found - MOST_ANNOTATIONS;
      return more > 0 ? `::notice title=assay::${more} more findings, see the summary of the step\n` : '';
    },
  };
}

function annotation(result: Result): string {
  if ('problem' in result) {
    return `::error title=assay,file=${property(result.subject.name)}::${data(result.problem.detail)}\n`;
  }
  const diagnostic = diagnosticOf(result, WIDTH);
  if (diagnostic === null) return '';
  const { subject } = result;
  const { code, mark, headline, line, help, notes } = diagnostic;
  const kind = 'finding' in result ? KINDS[result.finding.level] : mark === 'wrong' ? 'error' : 'notice';
  const place = line === null ? '' : placeOf(subject.source, line, subject.program?.lineOffset ?? 0);
  const file = property(subject.program?.name ?? subject.name);
  const text = [headline, ...(help === null ? [] : [`help: ${help}`]), ...notes].join('\n');
  return `::${kind} title=assay (${code}),file=${file}${place}::${data(text)}\n`;
}

const KINDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

function placeOf(source: string | null, line: number, offset: number): string {
  const text = source === null ? undefined : sourceLines(source)[line - 1];
  const column = text === undefined ? '' : `,col=${columnOf(text)},endColumn=${text.length + 1}`;
  return `,line=${line + offset},endLine=${line + offset}${column}`;
}

/** As `@actions/core` escapes the text of a command. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
