import type { Budget } from '../../core/budget.ts';
import type { ResolvedProgram } from '../../core/program.ts';
import { MEBIBYTE } from '../../core/units.ts';
import type { CPython } from './cpython.ts';
import type { Override } from './firewall.ts';
import { RunHalted } from './halt.ts';

/** WASI error numbers. */
const ENOTTY = 59;
const ENOTSUP = 58;
const EBADF = 8;
const FILE_TYPE_REGULAR = 4;
const PAGE = 65_536;
/** `O_WRONLY | O_RDWR | O_CREAT | O_TRUNC`. */
const WRITING = 0x1 | 0x2 | 0x40 | 0x200;
const NANOSECONDS = 1_000_000n;
/** What one look at the clock costs, in nanoseconds of the program's own time. */
const TICK = 1_000;
/** Looks at the clock in a row, without a step between, before each costs more: a busy wait then ends soon. */
const PATIENCE = 256;

/**
 * Everything outside the program, as the host plays it during a run: clock, entropy, standard streams, memory limit. It
 * depends on the request alone, so that the same program sees the same world each time.
 */
export class HostWorld {
  #python: CPython | undefined;
  #stdin: Uint8Array = new Uint8Array();
  #stdinAt = 0;
  #output: Uint8Array[] = [];
  #outputSize = 0;
  #errorSize = 0;
  #outputLimit = 0;
  #filesLimit = 0;
  #written = 0;
  #memoryLimit = 0;
  #nanoseconds = 0n;
  #looks = 0;
  #random = 0;
  #deadline = Number.POSITIVE_INFINITY;
  #interrupt: Int32Array | undefined;
  /** A file was opened for writing, or a directory changed: the file system must be put back. */
  filesTouched = false;
  /** Whether a descriptor stands for one of the interpreter's own files; set once these are known. */
  ownsFile: (descriptor: number) => boolean = () => false;
  /** The memory grew during this run. */
  grew = false;

  attach(python: CPython): void {
    this.#python = python;
  }

  /** Sets the stage for one run. `interrupt[0] !== 0` stops it from another thread. */
  begin(program: ResolvedProgram, budget: Budget, interrupt?: Int32Array): void {
    const { world } = program;
    this.#stdin = new TextEncoder().encode(world.stdin);
    this.#stdinAt = 0;
    this.#output = [];
    this.#outputSize = 0;
    this.#errorSize = 0;
    this.#outputLimit = budget.output_kb * 1024;
    this.#filesLimit = budget.files_mb * MEBIBYTE;
    this.#written = 0;
    this.#memoryLimit = budget.memory_mb * MEBIBYTE;
    this.#nanoseconds = BigInt(Date.parse(world.clock)) * NANOSECONDS;
    this.#looks = 0;
    this.#random = world.seed >>> 0;
    this.#deadline = performance.now() + budget.ms;
    this.#interrupt = interrupt;
    this.filesTouched = false;
    this.grew = false;
  }

  /** What the program printed so far. */
  get stdout(): string {
    return new TextDecoder().decode(Buffer.concat(this.#output));
  }

  /** The program's clock in whole milliseconds, for the file system's time stamps. */
  get milliseconds(): number {
    return Number(this.#nanoseconds / NANOSECONDS);
  }

  /** @throws RunHalted where the wall clock ran out or somebody asked to stop */
  checkDeadline(): void {
    if (performance.now() > this.#deadline) throw new RunHalted('time', 'the run took longer than its time budget');
    if (this.#interrupt !== undefined && Atomics.load(this.#interrupt, 0) !== 0) {
      throw new RunHalted('time', 'the run was cancelled');
    }
  }

  /** Code of the engine outside the module may have written to memory, where is not known. */
  hostWrote(): void {
    this.#attached().marks.incomplete = true;
  }

  /** The program made a step: its next look at the clock is no busy wait. */
  stepped(): void {
    this.#looks = 0;
  }

  #look(): bigint {
    this.#looks++;
    const extra = Math.min(Math.floor(this.#looks / PATIENCE), 20);
    this.#nanoseconds += BigInt(TICK * 2 ** extra);
    if ((this.#looks & 0xfff) === 0) this.checkDeadline();
    return this.#nanoseconds;
  }

  /** The next byte of entropy: splitmix32, which depends on the world's seed alone. */
  randomByte(): number {
    this.#random = (this.#random + 0x9e3779b9) >>> 0;
    let mixed = Math.imul(this.#random ^ (this.#random >>> 16), 0x21f0aaad);
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
    return (mixed ^ (mixed >>> 15)) & 0xff;
  }

  #entropy(target: number, size: number): number {
    const { u8 } = this.#attached();
    for (let index = 0; index < size; index++) u8[target + index] = this.randomByte();
    this.#attached().marks.mark(target, size);
    return 0;
  }

  #attached(): CPython {
    if (this.#python === undefined) throw new Error('the world has no interpreter yet');
    return this.#python;
  }

  #print(descriptor: number, vectors: number, count: number, written: number): number {
    const { u8, u32 } = this.#attached();
    let total = 0;
    for (let index = 0; index < count; index++) {
      const start = u32[(vectors >>> 2) + 2 * index] as number;
      const size = u32[(vectors >>> 2) + 2 * index + 1] as number;
      if (descriptor === 1) this.#output.push(u8.slice(start, start + size));
      total += size;
    }
    if (descriptor === 1) this.#outputSize += total;
    else this.#errorSize += total;
    if (this.#outputSize > this.#outputLimit || this.#errorSize > this.#outputLimit) {
      throw new RunHalted('output', 'the program printed more than its output budget');
    }
    this.#attached().setWord(written, total);
    return 0;
  }

  #read(vectors: number, count: number, read: number): number {
    const { u32 } = this.#attached();
    let total = 0;
    for (let index = 0; index < count; index++) {
      const start = u32[(vectors >>> 2) + 2 * index] as number;
      const size = u32[(vectors >>> 2) + 2 * index + 1] as number;
      const chunk = this.#stdin.subarray(this.#stdinAt, this.#stdinAt + size);
      this.#attached().write(start, chunk);
      this.#stdinAt += chunk.length;
      total += chunk.length;
      if (chunk.length < size) break;
    }
    this.#attached().setWord(read, total);
    return 0;
  }

  /** Counts what goes into files; `vectors` as for `fd_write`. */
  #count(descriptor: number, vectors: number, count: number): void {
    const { u32 } = this.#attached();
    this.filesTouched = true;
    if (this.ownsFile(descriptor)) throw new RunHalted('tampered', 'the program wrote to the interpreter’s own files');
    for (let index = 0; index < count; index++) this.#written += u32[(vectors >>> 2) + 2 * index + 1] as number;
    if (this.#written > this.#filesLimit) throw new RunHalted('files', 'the program wrote more than its file budget');
  }

  #reserve(size: number): void {
    if (size > this.#filesLimit)
      throw new RunHalted('files', 'the program asked for a file larger than its file budget');
  }

  /** What stands in for the interpreter's imports while a program runs. */
  overrides(): ReadonlyMap<string, Override> {
    const touched: Override =
      (original) =>
      (...args) => {
        this.filesTouched = true;
        return original(...args);
      };
    const nowInMilliseconds: Override = () => () => Number(this.#look() / 1000n) / 1000;
    const entropy: Override = () => (target: number, size: number) => this.#entropy(target, size);
    return new Map<string, Override>([
      ['emscripten_get_now', nowInMilliseconds],
      ['emscripten_date_now', nowInMilliseconds],
      [
        'clock_time_get',
        () => (_clock: number, _precision: bigint, target: number) => {
          const now = this.#look();
          this.#attached().setWord(target, Number(now & 0xffff_ffffn));
          this.#attached().setWord(target + 4, Number(now >> 32n));
          return 0;
        },
      ],
      ...['emscripten_memcpy_big', 'emscripten_memcpy_js'].map((name): [string, Override] => [
        name,
        () => (target: number, source: number, size: number) => {
          const python = this.#attached();
          python.u8.copyWithin(target >>> 0, source >>> 0, (source >>> 0) + (size >>> 0));
          python.marks.mark(target >>> 0, size >>> 0);
          return target;
        },
      ]),
      ['random_get', entropy],
      ['getentropy', entropy],
      ['can_run_sync_js', () => () => 0],
      [
        '_Py_CheckEmscriptenSignals_Helper',
        () => () => {
          this.checkDeadline();
          return 0;
        },
      ],
      [
        'emscripten_resize_heap',
        (original) => (size: number) => {
          // Bounded by whole pages: the allocator asks for a little more than it needs.
          if (size >>> 0 > this.#memoryLimit + PAGE) {
            throw new RunHalted('memory', 'the program needs more memory than its budget');
          }
          this.grew = true;
          const result = original(size);
          this.#attached().refresh();
          return result;
        },
      ],
      [
        'fd_write',
        (original) => (descriptor: number, vectors: number, count: number, written: number) => {
          if (descriptor === 1 || descriptor === 2) return this.#print(descriptor, vectors, count, written);
          this.#count(descriptor, vectors, count);
          this.hostWrote();
          return original(descriptor, vectors, count, written);
        },
      ],
      [
        'fd_pwrite',
        (original) =>
          (...args: [number, number, number, ...unknown[]]) => {
            this.#count(args[0], args[1], args[2]);
            this.hostWrote();
            return original(...args);
          },
      ],
      [
        'fd_read',
        (original) => (descriptor: number, vectors: number, count: number, read: number) => {
          if (descriptor === 0) return this.#read(vectors, count, read);
          this.hostWrote();
          return original(descriptor, vectors, count, read);
        },
      ],
      ['fd_close', (original) => (descriptor: number) => (descriptor <= 2 ? EBADF : original(descriptor))],
      [
        'fd_fdstat_get',
        (original) => (descriptor: number, target: number) => {
          const result = original(descriptor, target);
          this.hostWrote();
          if (descriptor <= 2) this.#attached().u8[target] = FILE_TYPE_REGULAR;
          return result;
        },
      ],
      [
        '__syscall_ioctl',
        (original) =>
          (...args: [number, ...unknown[]]) => {
            if (args[0] <= 2) return -ENOTTY;
            this.hostWrote();
            return original(...args);
          },
      ],
      [
        '__syscall_ftruncate64',
        (original) =>
          (...args: [number, ...unknown[]]) => {
            this.#reserve(Number(args[1]));
            this.filesTouched = true;
            return original(...args);
          },
      ],
      ['__syscall_fallocate', () => () => -ENOTSUP],
      // `time.sleep` of the older builds: nothing can become ready, so the wait is over at once and the clock moves on.
      [
        '__syscall__newselect',
        () => (_count: number, _read: number, _write: number, _except: number, timeout: number) => {
          if (timeout !== 0) {
            const seconds = this.#attached().word(timeout);
            const microseconds = this.#attached().word(timeout + 8);
            this.#nanoseconds += BigInt(seconds) * 1_000_000_000n + BigInt(microseconds) * 1_000n;
          }
          return 0;
        },
      ],
      [
        '__syscall_openat',
        (original) =>
          (...args: [number, number, number, ...unknown[]]) => {
            if ((args[2] & WRITING) !== 0) this.filesTouched = true;
            return original(...args);
          },
      ],
      ...(
        [
          '__syscall_truncate64',
          '__syscall_mkdirat',
          '__syscall_unlinkat',
          '__syscall_rmdir',
          '__syscall_renameat',
          '__syscall_chdir',
          '__syscall_fchdir',
          '__syscall_chmod',
          '__syscall_fchmod',
          '__syscall_fchmodat',
          '__syscall_fchmodat2',
          '__syscall_utimensat',
          '__syscall_dup',
          '__syscall_dup3',
          '__syscall_umask_js',
        ] as const
      ).map((name): [string, Override] => [name, touched]),
    ]);
  }
}
