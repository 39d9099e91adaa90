const OPEN = '<think>';
const CLOSE = '</think>';

/**
 * What a model says after it has thought: the text behind the last `</think>`, up to a `<think>` that nothing closes. A
 * chat template may have opened the thinking itself, so a closing tag alone counts.
 */
export function dropThinking(text: string): string {
  const closed = text.lastIndexOf(CLOSE);
  const said = closed < 0 ? text : text.slice(closed + CLOSE.length);
  const open = said.indexOf(OPEN);
  return open < 0 ? said : said.slice(0, open);
}
