/** Characters of one repr in a divergence. */
export const REPR_LIMIT = 2_000;
/** Characters of one value in a message. */
const MESSAGE_VALUE_LIMIT = 120;

/** The text, or its beginning with `…` behind it; never half of a surrogate pair. */
export function cut(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const last = text.charCodeAt(limit - 1);
  return `${text.slice(0, last >= 0xd800 && last <= 0xdbff ? limit - 1 : limit)}…`;
}

/** A value as messages show it. */
export function brief(text: string): string {
  return cut(text, MESSAGE_VALUE_LIMIT);
}
