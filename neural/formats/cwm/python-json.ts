/** A string as Python's `json.dumps` writes it: everything but printable ASCII escaped, as in CWM's own traces. */
export function dumpString(value: string): string {
  return JSON.stringify(value).replace(/[^\x20-\x7e]/g, escapeUnit);
}

/** Locals as Python's `json.dumps` writes them, with `", "` and `": "` between. */
export function dumpLocals(locals: Iterable<readonly [name: string, repr: string]>): string {
  const members: string[] = [];
  for (const [name, repr] of locals) members.push(`${dumpString(name)}: ${dumpString(repr)}`);
  return `{${members.join(', ')}}`;
}

function escapeUnit(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
