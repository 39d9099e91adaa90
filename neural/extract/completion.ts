/** Longer completions are not looked at, in UTF-16 units. */
export const MAX_COMPLETION = 8_000_000;

/**
 * The text of what a model wrote: a string, or the content of the last message of an `assistant` (of the last message
 * where none is). Content may be a string or parts with a `text`. Undefined where there is no text, or too much of it.
 */
export function completionText(completion: unknown): string | undefined {
  const text = Array.isArray(completion) ? contentOf(answerOf(completion)) : completion;
  return typeof text === 'string' && text.length <= MAX_COMPLETION ? text : undefined;
}

function answerOf(messages: readonly unknown[]): unknown {
  return messages.findLast((message) => field(message, 'role') === 'assistant') ?? messages.at(-1);
}

function contentOf(message: unknown): unknown {
  const content = field(message, 'content');
  if (!Array.isArray(content)) return content;
  const texts = content.map((part) => field(part, 'text')).filter((text) => typeof text === 'string');
  return texts.join('');
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
