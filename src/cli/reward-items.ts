import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { misfit } from '../../core/field-errors.ts';
import { RewardItem } from '../reward/reward-request.ts';
import { STDIN } from './claims.ts';

/** A line of a file of items: the item, or what is wrong with it. */
export interface ReadItem {
  readonly name: string;
  readonly item: RewardItem | string;
}

/** The items of files with one a line, `-` for standard input. */
export async function* readItems(files: readonly string[]): AsyncGenerator<ReadItem> {
  for (const file of files) {
    const input = file === STDIN ? process.stdin : createReadStream(file);
    let number = 0;
    for await (const line of createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })) {
      number++;
      if (line.trim() !== '') yield { name: `${file === STDIN ? '<stdin>' : file}#${number}`, item: readItem(line) };
    }
  }
}

function readItem(line: string): RewardItem | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (error) {
    return `not JSON: ${(error as Error).message}`;
  }
  const checked = RewardItem.safeParse(value);
  return checked.success ? checked.data : misfit(checked.error).message;
}

/** Some at a time, so that a file of any length needs no more memory than that. */
export async function* inChunks<T>(items: AsyncIterable<T>, size: number): AsyncGenerator<T[]> {
  let chunk: T[] = [];
  for await (const item of items) {
    chunk.push(item);
    if (chunk.length < size) continue;
    yield chunk;
    chunk = [];
  }
  if (chunk.length > 0) yield chunk;
}
