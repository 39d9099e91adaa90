import { type Outline, outlineRequest, readOutlines } from '../../bridges/python/outline.ts';
import type { Runner } from './runner.ts';

/** Characters and files that are read in one run. */
const BATCH_CHARACTERS = 400_000;
const BATCH_FILES = 20;
/** A file of more characters is not read. */
const LONGEST_FILE = 2_000_000;

const unreadable = (message: string): Outline => ({ error: { line: 1, message } });

/**
 * Reads modules in sealed interpreters, some at a time. A text that brings an interpreter down is read alone, and then
 * called broken.
 *
 * @param texts by any key
 */
export async function readModules(
  runner: Runner,
  texts: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Outline>> {
  const found = new Map<string, Outline>();
  const batches: Record<string, string>[] = [];
  let characters = Number.POSITIVE_INFINITY;
  for (const [key, text] of texts) {
    if (text.length > LONGEST_FILE) {
      found.set(key, unreadable('the file is too large to be read'));
      continue;
    }
    const last = batches.at(-1);
    if (last === undefined || characters > BATCH_CHARACTERS || Object.keys(last).length >= BATCH_FILES) {
      batches.push({ [key]: text });
      characters = text.length;
    } else {
      last[key] = text;
      characters += text.length;
    }
  }
  await Promise.all(batches.map((batch) => readBatch(runner, batch, found)));
  return found;
}

async function readBatch(runner: Runner, batch: Record<string, string>, found: Map<string, Outline>): Promise<void> {
  const outlines = readOutlines(await runner.replay(outlineRequest(batch, runner.python)));
  if (outlines !== undefined) {
    for (const [key, outline] of outlines) found.set(key, outline);
    return;
  }
  const keys = Object.keys(batch);
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) {
    found.set(only, unreadable('the text is nested too deep to be read'));
    return;
  }
  for (const key of keys) await readBatch(runner, { [key]: batch[key] ?? '' }, found);
}
