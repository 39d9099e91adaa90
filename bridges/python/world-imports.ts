import type { CPython } from './cpython.ts';
import type { Override } from './firewall.ts';
import { RunHalted } from './halt.ts';
import type { HostWorld } from './world.ts';

/** WASI error numbers. */
const ENOTTY = 59;
const ENOTSUP = 58;
const EBADF = 8;
const FILE_TYPE_REGULAR = 4;
/** Descriptors of the standard streams. */
const STDIN = 0;
const STDOUT = 1;
const STDERR = 2;
/** `O_CREAT`. */
const CREATING = 0x40;
/** `F_DUPFD` and `F_DUPFD_CLOEXEC`. */
const DUPLICATING: ReadonlySet<number> = new Set([0, 1030]);
const REDIRECTS = 'the program redirects a standard stream';
/** A buffer's address and length, as `fd_read` and `fd_write` take them. */
const VECTOR_BYTES = 8;

type Overrides = readonly (readonly [name: string, override: Override])[];

/** What the host plays for the interpreter while a program runs, in place of the engine's imports. */
export class WorldImports {
  readonly #world: HostWorld;
  #attached: CPython | undefined;

  constructor(world: HostWorld) {
    this.#world = world;
  }

  /** The interpreter exists only after its imports do. */
  attach(python: CPython): void {
    this.#attached = python;
  }

  get #python(): CPython {
    if (this.#attached === undefined) throw new Error('the world has no interpreter yet');
    return this.#attached;
  }

  /** Code of the engine outside the module may have written to memory, where is not known. */
  hostWrote(): void {
    this.#python.marks.incomplete = true;
  }

  /** By name of the import. */
  overrides(): ReadonlyMap<string, Override> {
    return new Map([...this.#time(), ...this.#entropy(), ...this.#memory(), ...this.#streams(), ...this.#files()]);
  }

  #time(): Overrides {
    const milliseconds: Override = () => () => Number(this.#world.look() / 1000n) / 1000;
    return [
      ['emscripten_get_now', milliseconds],
      ['emscripten_date_now', milliseconds],
      [
        'clock_time_get',
        () => (_clock: number, _precision: bigint, target: number) => {
          const now = this.#world.look();
          this.#python.setWord(target, Number(now & 0xffff_ffffn));
          this.#python.setWord(target + 4, Number(now >> 32n));
          return 0;
        },
      ],
      // `time.sleep` of 3.10, whose `struct timeval` has two words: nothing can become ready, so the wait is over at once and the clock moves on.
      [
        '__syscall__newselect',
        () => (_count: number, _read: number, _write: number, _except: number, timeout: number) => {
          if (timeout === 0) return 0;
          const seconds = BigInt(this.#python.word(timeout));
          const microseconds = BigInt(this.#python.word(timeout + 4));
          this.#world.clock.advance(seconds * 1_000_000_000n + microseconds * 1_000n);
          return 0;
        },
      ],
      [
        '_Py_CheckEmscriptenSignals_Helper',
        () => () => {
          this.#world.checkDeadline();
          return 0;
        },
      ],
      ['can_run_sync_js', () => () => 0],
    ];
  }

  #entropy(): Overrides {
    const fill: Override = () => (target: number, size: number) => {
      this.#python.write(
        target,
        Uint8Array.from({ length: size }, () => this.#world.randomByte()),
      );
      return 0;
    };
    return [
      ['random_get', fill],
      ['getentropy', fill],
    ];
  }

  #memory(): Overrides {
    const copy: Override = () => (target: number, source: number, size: number) => {
      const from = source >>> 0;
      this.#python.u8.copyWithin(target >>> 0, from, from + (size >>> 0));
      this.#python.marks.mark(target >>> 0, size >>> 0);
      return target;
    };
    return [
      ['emscripten_memcpy_big', copy],
      ['emscripten_memcpy_js', copy],
      [
        'emscripten_resize_heap',
        (original) => (size: number) => {
          const wanted = size >>> 0;
          this.#world.reserveMemory(wanted);
          if (wanted > this.#python.memory.buffer.byteLength && !original(size)) return 0;
          this.#python.refresh();
          this.#python.heap.resize(wanted);
          return 1;
        },
      ],
    ];
  }

  #streams(): Overrides {
    return [
      [
        'fd_write',
        (original) => (descriptor: number, vectors: number, count: number, written: number) => {
          if (descriptor === STDOUT || descriptor === STDERR) return this.#print(descriptor, vectors, count, written);
          this.#world.storage.write(descriptor, this.#sizeOf(vectors, count));
          this.hostWrote();
          return original(descriptor, vectors, count, written);
        },
      ],
      [
        'fd_read',
        (original) => (descriptor: number, vectors: number, count: number, read: number) => {
          if (descriptor === STDIN) return this.#read(vectors, count, read);
          this.hostWrote();
          return original(descriptor, vectors, count, read);
        },
      ],
      ['fd_close', (original) => (descriptor: number) => (descriptor <= STDERR ? EBADF : original(descriptor))],
      [
        'fd_fdstat_get',
        (original) => (descriptor: number, target: number) => {
          this.hostWrote();
          const result = original(descriptor, target);
          // Not a terminal.
          if (descriptor <= STDERR) this.#python.u8[target] = FILE_TYPE_REGULAR;
          return result;
        },
      ],
      [
        '__syscall_ioctl',
        (original) =>
          (...args: [number, ...unknown[]]) => {
            if (args[0] <= STDERR) return -ENOTTY;
            this.hostWrote();
            return original(...args);
          },
      ],
    ];
  }

  *#vectors(vectors: number, count: number): Generator<readonly [start: number, size: number]> {
    for (let index = 0; index < count; index++) {
      const at = vectors + VECTOR_BYTES * index;
      yield [this.#python.word(at), this.#python.word(at + 4)];
    }
  }

  #sizeOf(vectors: number, count: number): number {
    let total = 0;
    for (const [, size] of this.#vectors(vectors, count)) total += size;
    return total;
  }

  #print(descriptor: number, vectors: number, count: number, written: number): number {
    let total = 0;
    for (const [start, size] of this.#vectors(vectors, count)) {
      const chunk = this.#python.u8.slice(start, start + size);
      if (descriptor === STDOUT) this.#world.streams.print(chunk);
      else this.#world.streams.complain(chunk);
      total += size;
    }
    this.#python.setWord(written, total);
    return 0;
  }

  #read(vectors: number, count: number, read: number): number {
    let total = 0;
    for (const [start, size] of this.#vectors(vectors, count)) {
      const chunk = this.#world.streams.read(size);
      this.#python.write(start, chunk);
      total += chunk.length;
      if (chunk.length < size) break;
    }
    this.#python.setWord(read, total);
    return 0;
  }

  /** The engine keeps directories in ordinary objects, where this name means something else. */
  #refuseName(path: number): void {
    if (this.#python.cText(path).includes('__proto__')) {
      throw new RunHalted('unsupported', 'the program makes a file called __proto__');
    }
  }

  #files(): Overrides {
    const { storage } = this.#world;
    const touching: Override =
      (original) =>
      (...args) => {
        storage.touched = true;
        return original(...args);
      };
    const resizing: Override =
      (original) =>
      (...args: [unknown, number | bigint, ...unknown[]]) => {
        storage.resize(Number(args[1]));
        return original(...args);
      };
    const duplicating: Override =
      (original) =>
      (...args: number[]) => {
        // Descriptors of the standard streams are the host's: a copy would lead elsewhere.
        if (args.slice(0, 2).some((descriptor) => descriptor <= STDERR)) throw new RunHalted('unsupported', REDIRECTS);
        storage.touched = true;
        return original(...args);
      };
    const creating: Override =
      (original) =>
      (...args: [number, number, ...unknown[]]) => {
        this.#refuseName(args[1]);
        storage.create();
        return original(...args);
      };
    return [
      [
        'fd_pwrite',
        (original) => (descriptor: number, vectors: number, count: number, at: number | bigint, written: number) => {
          storage.write(descriptor, this.#sizeOf(vectors, count), Number(at));
          this.hostWrote();
          return original(descriptor, vectors, count, at, written);
        },
      ],
      [
        '__syscall_openat',
        (original) =>
          (...args: [number, number, number, ...unknown[]]) => {
            // Even reading changes a file's times.
            storage.touched = true;
            if ((args[2] & CREATING) !== 0) {
              this.#refuseName(args[1]);
              storage.create();
            }
            return original(...args);
          },
      ],
      ['__syscall_mkdirat', creating],
      ['__syscall_dup', duplicating],
      ['__syscall_dup3', duplicating],
      [
        '__syscall_fcntl64',
        (original) =>
          (...args: [number, number, ...unknown[]]) => {
            if (args[0] <= STDERR && DUPLICATING.has(args[1])) throw new RunHalted('unsupported', REDIRECTS);
            this.hostWrote();
            return original(...args);
          },
      ],
      [
        '__syscall_renameat',
        (original) =>
          (...args: [number, number, number, number, ...unknown[]]) => {
            this.#refuseName(args[3]);
            storage.touched = true;
            return original(...args);
          },
      ],
      ['__syscall_ftruncate64', resizing],
      ['__syscall_truncate64', resizing],
      ['__syscall_fallocate', () => () => -ENOTSUP],
      ...TOUCHING.map((name) => [name, touching] as const),
    ];
  }
}

/** Calls that change the file system, a descriptor or the working directory. */
const TOUCHING = [
  '__syscall_unlinkat',
  '__syscall_rmdir',
  '__syscall_chdir',
  '__syscall_fchdir',
  '__syscall_chmod',
  '__syscall_fchmod',
  '__syscall_fchmodat',
  '__syscall_fchmodat2',
  '__syscall_utimensat',
  '__syscall_umask_js',
] as const;
