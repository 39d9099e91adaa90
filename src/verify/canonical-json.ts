/**
 * JSON with the keys of every object in order, so that equal values have equal text, given out in pieces. It keeps its
 * own stack: a claim may be nested deeper than `JSON.stringify` can recurse.
 */
export function* canonicalJson(value: unknown): Generator<string> {
  const pending: Pending[] = [{ value }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if ('text' in next) {
      yield next.text;
      continue;
    }
    const { value: inner } = next;
    if (inner === null || typeof inner !== 'object') {
      yield JSON.stringify(inner) ?? 'null';
      continue;
    }
    // Pushed from the last to the first, since the stack gives them back the other way round.
    if (Array.isArray(inner)) {
      pending.push({ text: ']' });
      for (let i = inner.length - 1; i >= 0; i--) pending.push({ value: inner[i] }, { text: i === 0 ? '[' : ',' });
      if (inner.length === 0) pending.push({ text: '[' });
      continue;
    }
    const entries = Object.entries(inner).filter(([, entry]) => entry !== undefined);
    entries.sort(([a], [b]) => (a < b ? 1 : -1));
    pending.push({ text: '}' });
    entries.forEach(([key, entry], i) => {
      const opening = i === entries.length - 1 ? '{' : ',';
      pending.push({ value: entry }, { text: `${opening}${JSON.stringify(key)}:` });
    });
    if (entries.length === 0) pending.push({ text: '{' });
  }
}

type Pending = { readonly text: string } | { readonly value: unknown };
