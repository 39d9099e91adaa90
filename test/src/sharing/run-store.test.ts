import { mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Trace } from '../../../core/trace.ts';
import { RunCache } from '../../../src/sharing/run-cache.ts';
import { RunStore } from '../../../src/sharing/run-store.ts';

const MEBIBYTE = 2 ** 20;

function traceOf(value: string): Trace {
  const locals = new Map([
    ['__proto__', value],
    ['x', '1'],
  ]);
  return {
    frames: [
      { event: 'call', line: 1, function: 'f', locals, scope: 0, depth: 0 },
      { event: 'return', line: 2, function: 'f', arg: value, scope: 0, depth: 0 },
    ],
    outcome: { kind: 'returned', value },
    stdout: '',
    steps: 2,
    platform: { sets: false, words: false },
  };
}

/** A kept trace with its frames as objects. */
function read(store: RunStore, key: string): Trace | undefined {
  const trace = store.get(key);
  return trace && { ...trace, frames: [...trace.frames] };
}

describe('RunStore', () => {
  let folder: string;
  let path: string;
  let troubles: unknown[];
  const open = (maxBytes = MEBIBYTE) => new RunStore({ path, maxBytes, onTrouble: (error) => troubles.push(error) });

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'assay-runs-'));
    path = join(folder, 'deep', 'runs.sqlite');
    troubles = [];
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('gives back what was put, at once and after a restart', () => {
    const first = open();
    first.put('a', traceOf("'one'"));
    expect(read(first, 'a')).toEqual(traceOf("'one'"));
    expect(first.get('b')).toBeUndefined();
    first.close();
    const second = open();
    expect(read(second, 'a')).toEqual(traceOf("'one'"));
    second.close();
    expect(troubles).toEqual([]);
  });

  it('is readable by its owner alone', () => {
    const store = open();
    store.put('a', traceOf('1'));
    store.close();
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('does not believe what is not as it was written', () => {
    const store = open();
    store.put('a', traceOf('1'));
    store.put('b', traceOf('2'));
    store.put('c', traceOf('3'));
    store.close();
    const database = new DatabaseSync(path);
    database.exec("UPDATE runs SET trace = CAST(replace(CAST(trace AS TEXT), '1', '7') AS BLOB) WHERE key = 'a'");
    // Another key's run, digest and all.
    database.exec("UPDATE runs SET (digest, trace) = (SELECT digest, trace FROM runs WHERE key = 'c') WHERE key = 'b'");
    database.close();
    const again = open();
    expect([again.get('a'), again.get('b')]).toEqual([undefined, undefined]);
    expect(read(again, 'c')).toEqual(traceOf('3'));
    again.close();
    expect(troubles).toEqual([]);
  });

  it('stays within its bytes, and keeps what was used last', () => {
    const store = open(40_000);
    for (let index = 0; index < 200; index++) {
      store.put(String(index), traceOf(`'${'x'.repeat(1_000)}'`));
      if (index % 20 === 19) store.close();
    }
    store.close();
    const database = new DatabaseSync(path);
    const row = database.prepare('SELECT SUM(bytes) AS total, COUNT(*) AS runs FROM runs').get();
    database.close();
    const { total, runs } = row as { total: number; runs: number };
    expect(total).toBeLessThanOrEqual(40_000);
    expect(runs).toBeGreaterThan(0);
    expect(store.get('199')).toBeDefined();
    expect(store.get('0')).toBeUndefined();
    store.close();
  });

  it.each(['a file of noise', 'a folder'])('carries on where it finds %s, and says so once', (found) => {
    path = join(folder, 'runs.sqlite');
    if (found === 'a folder') mkdirSync(path);
    else writeFileSync(path, 'x'.repeat(10_000));
    const store = open();
    for (let index = 0; index < 5; index++) {
      store.put('a', traceOf('1'));
      expect(store.get('b')).toBeUndefined();
    }
    store.close();
    expect(troubles).toHaveLength(1);
  });

  it('carries on where another process holds the lock', () => {
    const store = open();
    store.put('a', traceOf('1'));
    store.close();
    const other = new DatabaseSync(path);
    other.exec('BEGIN EXCLUSIVE');
    const locked = open();
    locked.put('b', traceOf('2'));
    locked.close();
    expect(troubles).toHaveLength(1);
    other.exec('ROLLBACK');
    other.close();
    const later = open();
    expect(read(later, 'a')).toEqual(traceOf('1'));
    later.close();
  });
});

describe('RunCache', () => {
  it('stays within its bytes, least recently used out first', () => {
    const cache = new RunCache(100_000, undefined);
    for (let index = 0; index < 50; index++) {
      cache.put(String(index), traceOf(`'${'x'.repeat(1_000)}'`));
      cache.get('0');
    }
    expect(cache.get('0')).toBeDefined();
    expect(cache.get('1')).toBeUndefined();
    expect(cache.get('49')).toBeDefined();
    cache.put('large', traceOf(`'${'x'.repeat(100_000)}'`));
    expect(cache.get('large')).toBeUndefined();
    expect(cache.get('49')).toBeDefined();
  });
});
