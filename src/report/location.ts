import { sourceLines } from '../../core/program.ts';
import { columnOf } from './code-frame.ts';
import { printable } from './printable.ts';
import type { Subject } from './result.ts';

/** `sum.py:4:9`; where no file holds the program's text, `claims.jsonl#2, program line 4`. */
export function locationOf(subject: Subject, line: number | null): string {
  const { name, source, program } = subject;
  if (line === null) return printable(name);
  if (program === null) return `${printable(name)}, program line ${line}`;
  const text = source === null ? '' : (sourceLines(source)[line - 1] ?? '');
  return `${printable(program.name)}:${line + program.lineOffset}:${columnOf(text)}`;
}

/** ` [claim.cwm]` where the location names another file than the claim's. */
export function claimNameAfter(subject: Subject, line: number | null): string {
  if (line === null || subject.program === null || subject.program.name === subject.name) return '';
  return ` [${printable(subject.name)}]`;
}
