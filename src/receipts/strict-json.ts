/**
 * Parses JSON in which no object has a name twice. `JSON.parse` takes the last of two and other readers the first, so
 * that two readers of one signed text could read two statements.
 *
 * @throws SyntaxError
 */
export function parseStrictJson(text: string): unknown {
  const value: unknown = JSON.parse(text);
  const twice = repeatedName(text);
  if (twice !== undefined) throw new SyntaxError(`the name ${JSON.stringify(twice.slice(0, 80))} stands there twice`);
  return value;
}

/** The first name that an object of a valid JSON text has twice. */
function repeatedName(text: string): string | undefined {
  /** Names of the objects that are open; null for an open array. */
  const open: (Set<string> | null)[] = [];
  let nameComes = false;
  for (let i = 0; i < text.length; i++) {
    const character = text[i];
    if (character === '"') {
      const end = endOfString(text, i);
      const names = open.at(-1);
      if (nameComes && names) {
        const name: string = JSON.parse(text.slice(i, end + 1));
        if (names.has(name)) return name;
        names.add(name);
        nameComes = false;
      }
      i = end;
    } else if (character === '{') {
      open.push(new Set());
      nameComes = true;
    } else if (character === '[') {
      open.push(null);
      nameComes = false;
    } else if (character === '}' || character === ']') {
      open.pop();
      nameComes = false;
    } else if (character === ',') {
      nameComes = open.at(-1) !== null;
    }
  }
  return undefined;
}

function endOfString(text: string, start: number): number {
  let i = start + 1;
  while (i < text.length && text[i] !== '"') i += text[i] === '\\' ? 2 : 1;
  return i;
}
