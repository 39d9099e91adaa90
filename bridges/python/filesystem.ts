import { HOME } from './engine.ts';
import { RunHalted } from './halt.ts';
import type { HostWorld } from './world.ts';

/** The parts of Emscripten's file system in memory that the bridge touches. */
export interface EmscriptenNode {
  readonly id: number;
  mode: number;
  contents: Record<string, EmscriptenNode> | Uint8Array | undefined;
  usedBytes?: number;
  /** Milliseconds since 1970; one field in the older builds, three in the newer. */
  timestamp?: number;
  atime?: number;
  mtime?: number;
  ctime?: number;
}
export interface EmscriptenStream {
  readonly node: EmscriptenNode;
  readonly position: number;
}
export interface EmscriptenFs {
  readonly root: EmscriptenNode;
  readonly streams: (EmscriptenStream | null | undefined)[];
  ignorePermissions: boolean;
  nextInode: number;
  cwd(): string;
  chdir(path: string): void;
  close(stream: EmscriptenStream): void;
  createDevice(parent: string, name: string, input: () => number | null): void;
  lookupPath(path: string): { node: EmscriptenNode };
  isChrdev(mode: number): boolean;
  isDir(mode: number): boolean;
  mkdirTree(path: string): void;
  rmdir(path: string): void;
  unlink(path: string): void;
  writeFile(path: string, data: string | Uint8Array): void;
}

/** What a program may write to. */
const WRITABLE = [HOME, '/tmp'] as const;
const WRITE_BITS = 0o222;
/** When the interpreter's own files were last changed, whatever the host's clock said. */
const OWN_TIME = Date.UTC(2026, 0, 1);
/** Files that {@link Filesystem.changed} names, and the length of a directory's path that it looks into. */
const MOST_LISTED = 32;
const LONGEST_LISTED = 512;
const TIMES = ['timestamp', 'atime', 'mtime', 'ctime'] as const;

interface Original {
  readonly node: EmscriptenNode;
  readonly mode: number;
  readonly contents: EmscriptenNode['contents'];
  readonly usedBytes: number | undefined;
  /** Entries of a directory. */
  readonly names: readonly string[] | undefined;
}

/** Files in memory: the interpreter's own, which stay as they are, and the program's, which go after each run. */
export class Filesystem {
  readonly #fs: EmscriptenFs;
  readonly #world: HostWorld;
  readonly #originals: Original[] = [];
  readonly #own = new Set<EmscriptenNode>();
  readonly #nextInode: number;
  #written = false;

  /** Takes stock; call at the save point, when the writable directories are empty. */
  constructor(fs: EmscriptenFs, world: HostWorld) {
    this.#fs = fs;
    this.#world = world;
    for (const name of ['random', 'urandom']) {
      fs.unlink(`/dev/${name}`);
      fs.createDevice('/dev', name, () => world.randomByte());
    }
    for (const name of ['tty', 'tty1']) fs.unlink(`/dev/${name}`);
    fs.ignorePermissions = false;
    const writable = new Set(WRITABLE.map((path) => fs.lookupPath(path).node));
    this.#take(fs.root, writable);
    this.#nextInode = fs.nextInode;
  }

  #take(node: EmscriptenNode, writable: ReadonlySet<EmscriptenNode>): void {
    if (this.#own.has(node)) return;
    this.#own.add(node);
    const isDirectory = this.#fs.isDir(node.mode);
    const keep = writable.has(node);
    if (!keep && !this.#fs.isChrdev(node.mode)) node.mode &= ~WRITE_BITS;
    setTimes(node);
    const children = isDirectory ? (node.contents as Record<string, EmscriptenNode>) : undefined;
    const names = children === undefined ? undefined : Object.keys(children);
    this.#originals.push({
      node,
      mode: node.mode,
      contents: isDirectory ? undefined : node.contents,
      usedBytes: node.usedBytes,
      names,
    });
    for (const name of names ?? [])
      this.#take((children as Record<string, EmscriptenNode>)[name] as EmscriptenNode, writable);
  }

  /** Whether a descriptor stands for one of the interpreter's own files. */
  isOwn(descriptor: number): boolean {
    const node = this.#fs.streams[descriptor]?.node;
    return node !== undefined && this.#own.has(node) && !this.#fs.isChrdev(node.mode);
  }

  /** Offset of a descriptor's next read or write. */
  position(descriptor: number): number {
    return this.#fs.streams[descriptor]?.position ?? 0;
  }

  /**
   * Puts the world's files in place. Relative paths start in the program's working directory.
   *
   * @throws RunHalted where a file cannot be where the request wants it
   */
  write(files: Readonly<Record<string, string>>): void {
    for (const [path, text] of Object.entries(files)) {
      this.#written = true;
      const absolute = path.startsWith('/') ? path : `${HOME}/${path}`;
      if (absolute.includes('__proto__')) throw cannotMake(path);
      const slash = absolute.lastIndexOf('/');
      try {
        this.#fs.mkdirTree(absolute.slice(0, slash) || '/');
        this.#fs.writeFile(absolute, text);
      } catch {
        throw cannotMake(path);
      }
    }
  }

  /** Paths of files in the writable directories whose content is not what the world gave, sorted; at most {@link MOST_LISTED}. */
  changed(given: Readonly<Record<string, string>>): string[] {
    if (!this.#world.storage.touched) return [];
    const originals = new Map(
      Object.entries(given).map(([path, text]) => [path.startsWith('/') ? path : `${HOME}/${path}`, text]),
    );
    const found: string[] = [];
    for (const directory of WRITABLE) this.#list(directory, originals, found);
    return found.sort();
  }

  #list(directory: string, originals: ReadonlyMap<string, string>, found: string[]): void {
    const { node } = this.#fs.lookupPath(directory);
    for (const [name, child] of Object.entries(node.contents as Record<string, EmscriptenNode>)) {
      if (found.length >= MOST_LISTED || directory.length > LONGEST_LISTED) return;
      const path = `${directory}/${name}`;
      if (this.#fs.isDir(child.mode)) this.#list(path, originals, found);
      else if (originals.get(path) !== contentOf(child)) found.push(path.replace(`${HOME}/`, ''));
    }
  }

  /**
   * Removes what the last run left behind.
   *
   * @returns false where something of the interpreter's own changed, so that this instance must not be used again
   */
  restore(): boolean {
    const fs = this.#fs;
    for (let descriptor = 3; descriptor < fs.streams.length; descriptor++) {
      const stream = fs.streams[descriptor];
      if (stream) fs.close(stream);
    }
    if (!this.#written && !this.#world.storage.touched) return true;
    this.#written = false;
    fs.ignorePermissions = true;
    try {
      if (fs.cwd() !== HOME) fs.chdir(HOME);
      for (const directory of WRITABLE) this.#empty(directory);
      fs.nextInode = this.#nextInode;
      for (const { node } of this.#originals) setTimes(node);
      return this.#originals.every((original) => this.#unchanged(original));
    } catch {
      return false;
    } finally {
      fs.ignorePermissions = false;
    }
  }

  #empty(directory: string): void {
    const { node } = this.#fs.lookupPath(directory);
    for (const [name, child] of Object.entries(node.contents as Record<string, EmscriptenNode>)) {
      const path = `${directory}/${name}`;
      if (this.#fs.isDir(child.mode)) {
        this.#empty(path);
        this.#fs.rmdir(path);
      } else {
        this.#fs.unlink(path);
      }
    }
  }

  #unchanged({ node, mode, contents, usedBytes, names }: Original): boolean {
    if (node.mode !== mode || node.usedBytes !== usedBytes) return false;
    if (names === undefined) return node.contents === contents;
    const now = Object.keys(node.contents as Record<string, EmscriptenNode>);
    return now.length === names.length && now.every((name, index) => name === names[index]);
  }
}

/** A file's text. The engine makes its arrays in another realm, and keeps none for an empty file. */
function contentOf({ contents, usedBytes = 0 }: EmscriptenNode): string {
  return ArrayBuffer.isView(contents) ? new TextDecoder().decode((contents as Uint8Array).subarray(0, usedBytes)) : '';
}

function setTimes(node: EmscriptenNode): void {
  for (const field of TIMES) if (field in node) node[field] = OWN_TIME;
}

function cannotMake(path: string): RunHalted {
  return new RunHalted('unsupported', `the world's file ${path} cannot be put in place`);
}
