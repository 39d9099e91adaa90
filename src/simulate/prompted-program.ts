import { Fault } from '../../core/fault.ts';
import { ENTRY_MARK, type Program } from '../../core/program.ts';

/**
 * A program as a prompt can show it. A CWM prompt can only name a function to enter, by the mark on its `def` line; so
 *
 * - a call becomes the body of a new function with the mark, at the end of the source,
 * - a mark that would name another entry than the one asked for is taken out (it is a comment).
 *
 * Lines that the program has keep their numbers.
 *
 * @throws {Fault} `invalid-request` where a call has several lines, which the new function could not hold
 */
export function promptedProgram(program: Program): Program {
  const { source, entry } = program;
  if (entry === undefined || 'main' in entry) return program;
  if ('script' in entry) return { ...program, source: withoutMark(source) };
  const { call } = entry;
  if (/[\r\n]/.test(call)) {
    const message = 'must be one line to be shown in a prompt';
    throw new Fault('invalid-request', `The call ${message}.`, { errors: [{ path: '/program/entry/call', message }] });
  }
  const text = withoutMark(source);
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  return {
    ...program,
    source: `${text}${gap}\ndef ${freeName(text, call)}():  ${ENTRY_MARK}\n    return ${call}\n`,
    entry: { main: true },
  };
}

function withoutMark(source: string): string {
  if (!source.includes(ENTRY_MARK)) return source;
  return source
    .split('\n')
    .map((line) => {
      const text = line.trimEnd();
      return text.endsWith(ENTRY_MARK) && isDefinition(text) ? text.slice(0, -ENTRY_MARK.length).trimEnd() : line;
    })
    .join('\n');
}

function isDefinition(line: string): boolean {
  return /^(?:async\s+)?def\s/.test(line.trimStart());
}

/** `main`, unless the program has a name of its own like that: the new function must not stand in its way. */
function freeName(source: string, call: string): string {
  const taken = new Set(`${source}\n${call}`.match(/[A-Za-z_]\w*/g));
  let name = 'main';
  while (taken.has(name)) name += '_';
  return name;
}
