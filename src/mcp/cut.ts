/** Characters of one text in an answer. */
const MOST_TEXT = 4000;
/** Items of one list, and names of one object. */
const MOST_ITEMS = 100;
/** Characters of all texts together: about ten thousand tokens of a reader's context. */
const MOST_TOTAL = 40_000;
/** Characters that a text keeps even where nothing is left: digests and names from short lists stay what they are. */
const LEAST_TEXT = 80;
/** What an item costs besides its text. */
const ITEM_COST = 8;
const MOST_DEPTH = 64;
const MOST_NOTES = 20;

/** An answer short enough for an agent to read. */
export interface Short<Value> {
  readonly value: Value;
  /** What was left out, each with a JSON pointer to where. */
  readonly cut: readonly string[];
}

/**
 * Shortens long texts and long lists of a JSON value; whatever has a schema still fits it, unless that asks for a least
 * length.
 *
 * @param whole fields of the value that are left as they are, since a part of them is worth nothing
 */
export function shorten<Value extends object>(value: Value, whole: readonly string[] = []): Short<Value> {
  const cutter = new Cutter();
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    whole.includes(name) ? inner : cutter.short(inner, `/${name}`, 0),
  ]);
  // The same fields with the same types: shortening changes lengths alone.
  return { value: Object.fromEntries(entries) as Value, cut: cutter.notes };
}

class Cutter {
  readonly notes: string[] = [];
  #left = MOST_TOTAL;

  short(value: unknown, path: string, depth: number): unknown {
    if (typeof value === 'string') return this.#text(value, path);
    if (typeof value !== 'object' || value === null) return value;
    if (depth > MOST_DEPTH) return this.#deep(path);
    if (Array.isArray(value)) return this.#list(value, path, depth);
    const entries = Object.entries(value);
    if (entries.length > MOST_ITEMS) this.#note(path, MOST_ITEMS, entries.length, 'names');
    return Object.fromEntries(
      entries.slice(0, MOST_ITEMS).map(([name, inner]) => [name, this.short(inner, `${path}/${name}`, depth + 1)]),
    );
  }

  #list(items: readonly unknown[], path: string, depth: number): unknown[] {
    const kept: unknown[] = [];
    for (const item of items) {
      if (kept.length === MOST_ITEMS || this.#left <= 0) {
        this.#note(path, kept.length, items.length, 'items');
        break;
      }
      this.#left -= ITEM_COST;
      kept.push(this.short(item, `${path}/${kept.length}`, depth + 1));
    }
    return kept;
  }

  #text(text: string, path: string): string {
    const most = Math.max(LEAST_TEXT, Math.min(MOST_TEXT, this.#left));
    this.#left -= Math.min(text.length, most);
    if (text.length <= most) return text;
    this.#note(path, most, text.length, 'characters');
    return `${text.slice(0, most).replace(/[\ud800-\udbff]$/, '')}…`;
  }

  #deep(path: string): string {
    this.#note(path, 0, 1, 'values: it is too deep');
    return '…';
  }

  #note(path: string, kept: number, of: number, what: string): void {
    if (this.notes.length < MOST_NOTES) this.notes.push(`${path.slice(0, 200)}: ${kept} of ${of} ${what}`);
  }
}
