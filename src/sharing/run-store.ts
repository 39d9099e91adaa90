import { hash } from 'node:crypto';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type StatementSync } from 'node:sqlite';
import { decodeTrace, encodeTrace } from '../../bridges/python/codec.ts';
import type { Trace } from '../../core/trace.ts';
import { runBytes } from './run-size.ts';

/** A run that takes more memory than this is not written to the file. */
const LARGEST_BYTES = 32 * 2 ** 20;
/** How long another process may hold the file's lock, while this one waits, in milliseconds. */
const BUSY_MS = 50;
/** How long the file is left alone after it has failed, in milliseconds. */
const PAUSE_MS = 60_000;
/** A use is noted once in this time, in milliseconds: reading should not mean writing. */
const USE_MS = 60_000;
/** Of its bounds, what a file that is full is emptied to. */
const EMPTIED = 0.9;

const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  CREATE TABLE IF NOT EXISTS runs (
    key TEXT PRIMARY KEY, used INTEGER NOT NULL, bytes INTEGER NOT NULL, digest TEXT NOT NULL, trace BLOB NOT NULL
  );
  CREATE INDEX IF NOT EXISTS runs_by_use ON runs (used);
`;

export interface RunStoreOptions {
  /** Of the file, made where it is missing. */
  readonly path: string;
  /** Bytes of all runs in it. */
  readonly maxBytes: number;
  /** Is told why the file is left alone. */
  readonly onTrouble: (error: unknown) => void;
}

interface OpenFile {
  readonly database: DatabaseSync;
  readonly read: StatementSync;
  readonly note: StatementSync;
  readonly write: StatementSync;
  readonly drop: StatementSync;
  readonly dropOldest: StatementSync;
  /** Bytes of all runs. */
  total: number;
}

/**
 * Runs in a SQLite file, which outlives the process. Several processes may share it. Nothing here throws: a file that is
 * damaged, locked or full is left alone for a while, and every run is then one that the file does not have.
 */
export class RunStore {
  readonly #options: RunStoreOptions;
  readonly #waiting = new Map<string, Trace>();
  #file: OpenFile | undefined;
  #pausedUntil = 0;

  constructor(options: RunStoreOptions) {
    this.#options = options;
  }

  get(key: string): Trace | undefined {
    return this.#waiting.get(key) ?? this.#try((file) => read(file, key));
  }

  /** Writes soon, and not while the caller waits. */
  put(key: string, trace: Trace): void {
    if (runBytes(trace) > LARGEST_BYTES) return;
    if (this.#waiting.size === 0) setImmediate(() => this.#flush());
    this.#waiting.set(key, trace);
  }

  #flush(): void {
    if (this.#waiting.size === 0) return;
    const waiting = [...this.#waiting];
    this.#waiting.clear();
    this.#try((file) => {
      file.database.exec('BEGIN IMMEDIATE');
      for (const [key, trace] of waiting) write(file, key, trace);
      if (file.total > this.#options.maxBytes)
        while (file.total > this.#options.maxBytes * EMPTIED && dropOldest(file));
      file.database.exec('COMMIT');
    });
  }

  #try<T>(work: (file: OpenFile) => T): T | undefined {
    if (Date.now() < this.#pausedUntil) return undefined;
    try {
      this.#file ??= open(this.#options.path);
      return work(this.#file);
    } catch (error) {
      this.#pausedUntil = Date.now() + PAUSE_MS;
      this.#shut();
      this.#options.onTrouble(error);
      return undefined;
    }
  }

  #shut(): void {
    try {
      this.#file?.database.close();
    } catch {
      // It is given up anyway.
    }
    this.#file = undefined;
  }

  /** Writes what is still to be written. */
  close(): void {
    this.#flush();
    this.#shut();
  }
}

function open(path: string): OpenFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const database = new DatabaseSync(path, { timeout: BUSY_MS });
  try {
    // Programs may be somebody's secret.
    chmodSync(path, 0o600);
    database.exec(SCHEMA);
    const { total } = database.prepare('SELECT COALESCE(SUM(bytes), 0) AS total FROM runs').get() as { total: number };
    return {
      database,
      read: database.prepare('SELECT used, digest, trace FROM runs WHERE key = ?'),
      note: database.prepare('UPDATE runs SET used = ? WHERE key = ?'),
      write: database.prepare('INSERT OR IGNORE INTO runs (key, used, bytes, digest, trace) VALUES (?, ?, ?, ?, ?)'),
      drop: database.prepare('DELETE FROM runs WHERE key = ? RETURNING bytes'),
      dropOldest: database.prepare(
        'DELETE FROM runs WHERE rowid = (SELECT rowid FROM runs ORDER BY used, rowid LIMIT 1) RETURNING bytes',
      ),
      total,
    };
  } catch (error) {
    database.close();
    throw error;
  }
}

interface Row {
  readonly used: number;
  readonly digest: string;
  readonly trace: Uint8Array;
}

function read(file: OpenFile, key: string): Trace | undefined {
  const row = file.read.get(key) as Row | undefined;
  if (row === undefined) return undefined;
  if (row.digest !== digestOf(key, row.trace)) {
    // Not what was written: a truth that nobody found.
    file.total -= bytesOf(file.drop.all(key));
    return undefined;
  }
  const now = Date.now();
  if (now - row.used > USE_MS) file.note.run(now, key);
  return decodeTrace(row.trace);
}

function write(file: OpenFile, key: string, trace: Trace): void {
  const encoded = encodeTrace(trace);
  const { changes } = file.write.run(key, Date.now(), encoded.length, digestOf(key, encoded), encoded);
  if (changes > 0) file.total += encoded.length;
}

/** Whether anything was dropped. */
function dropOldest(file: OpenFile): boolean {
  const dropped = file.dropOldest.all();
  file.total -= bytesOf(dropped);
  return dropped.length > 0;
}

function bytesOf(rows: readonly unknown[]): number {
  return rows.reduce<number>((sum, row) => sum + (row as { bytes: number }).bytes, 0);
}

/** A run under another's key would be a wrong truth, so the key is part of it. */
function digestOf(key: string, encoded: Uint8Array): string {
  return hash('sha256', Buffer.concat([Buffer.from(`${key}\n`), encoded]), 'base64url');
}
