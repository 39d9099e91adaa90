import { readFileSync } from 'node:fs';
import type { PythonVersion } from '../../core/program.ts';
import { RunHalted } from './halt.ts';

type HostFunction = (...args: never[]) => unknown;

/** Whether a program runs: while it does, only what {@link ALLOWED} names can be called. */
export interface Seal {
  closed: boolean;
}

/**
 * Imports that a running program may reach: the C library over memory, the file system in memory, calls back into the
 * module itself, and clocks and entropy, which the host answers (`world.ts`). Everything else, above all the bridge to
 * JavaScript, the loader, processes, sockets, links and timers, is refused.
 */
const ALLOWED: readonly RegExp[] = [
  /^invoke_[a-z]+$/,
  /^__cxa_\w+$/,
  /^(__resumeException|_emscripten_throw_longjmp|em_call_init_function)$/,
  /^(emscripten_resize_heap|emscripten_get_heap_max|emscripten_memcpy_(big|js))$/,
  /^(_PyEM_TrampolineCall_JS|_PyEM_CountFuncParams|_PyImport_InitFunc_TrampolineCall|(method|getter|setter)_call_trampoline)$/,
  /^(_Py_CheckEmscriptenSignals_Helper|_Py_emscripten_runtime|__call_sighandler|can_run_sync_js)$/,
  /^(clock_time_get|clock_res_get|emscripten_get_now(_res)?|emscripten_date_now|_emscripten_get_now_is_monotonic)$/,
  /^(_gmtime_js|_localtime_js|_mktime_js|_timegm_js|_tzset_js|strftime(_l)?)$/,
  /^(random_get|getentropy|environ_get|environ_sizes_get|getloadavg|_emscripten_get_progname)$/,
  /^fd_(close|fdstat_get|pread|pwrite|read|seek|sync|write)$/,
  /^__syscall_(openat|stat64|lstat64|fstat64|newfstatat|getdents64|getcwd|chdir|fchdir|mkdirat|unlinkat|rmdir|renameat)$/,
  /^__syscall_(faccessat|fcntl64|ioctl|ftruncate64|truncate64|dup|dup3|readlinkat|utimensat|chmod|fchmod|fchmodat|fchmodat2)$/,
  /^__syscall_(poll|_newselect|fadvise64|fallocate|fdatasync|statfs64|fstatfs64|getuid32_js|umask_js)$/,
];

/** Allowed imports that write nothing to the module's memory themselves. */
const WRITES_NOTHING =
  /^(invoke_[a-z]+|_emscripten_throw_longjmp|em_call_init_function|emscripten_get_heap_max|_PyEM_\w+|_PyImport_InitFunc_TrampolineCall|(method|getter|setter)_call_trampoline|__call_sighandler|fd_close|fd_sync)$/;

/** Refused imports that an honest program may ask for; the others are the bridge to JavaScript. */
const UNSUPPORTED =
  /^(_emscripten_system|system|__syscall_|getaddrinfo|getnameinfo|gethostby|getprotobyname|_mmap_js|_munmap_js|_msync_js|alarm|_setitimer_js|_maybe_|_try_|_dlinit|_?dl|_emscripten_dlopen_js|_dlopen_js|_dlsym_js|ffi_)/;

/** Imports that end the process; the host answers them (`world.ts`). */
const ENDS_PROCESS = /^(exit|proc_exit|abort|_abort_js|__assert_fail|emscripten_exit_with_live_runtime)$/;

/** What the host puts in place of an import while the seal is closed. `original` is the import itself. */
export type Override = (original: (...args: unknown[]) => unknown) => (...args: never[]) => unknown;

const pinnedImports = new Map<PythonVersion, ReadonlySet<string>>();

function importsOf(python: PythonVersion): ReadonlySet<string> {
  let names = pinnedImports.get(python);
  if (names === undefined) {
    const text = readFileSync(new URL(`./imports/${python}.txt`, import.meta.url), 'utf8');
    names = new Set(text.split('\n').filter((line) => line !== ''));
    pinnedImports.set(python, names);
  }
  return names;
}

function refusal(name: string): RunHalted {
  return UNSUPPORTED.test(name)
    ? new RunHalted('unsupported', `the program asked the system for ${name.replace(/^_+(syscall_)?/, '')}`)
    : new RunHalted('tampered', `the program reached for the host (${name})`);
}

function guard(
  name: string,
  original: HostFunction,
  override: Override | undefined,
  seal: Seal,
  hostWrote: () => void,
): HostFunction {
  const allowed = override !== undefined || ENDS_PROCESS.test(name) || ALLOWED.some((pattern) => pattern.test(name));
  let guarded: HostFunction;
  if (override !== undefined) {
    const replaced = override(original as (...args: unknown[]) => unknown) as HostFunction;
    guarded = (...args) => (seal.closed ? replaced(...args) : original(...args));
  } else if (ENDS_PROCESS.test(name)) {
    guarded = (...args) => {
      if (seal.closed) throw new RunHalted('unsupported', `the program ended its process (${name.replace(/^_+/, '')})`);
      return original(...args);
    };
  } else if (allowed) {
    if (WRITES_NOTHING.test(name)) return original;
    guarded = (...args) => {
      if (seal.closed) hostWrote();
      return original(...args);
    };
  } else {
    guarded = (...args) => {
      if (seal.closed) throw refusal(name);
      return original(...args);
    };
  }
  // The loader reads the C signature off the function object.
  return Object.assign(guarded, original);
}

/**
 * Wraps every function that the interpreter's module imports, in place.
 *
 * @param hostWrote called before an import that may write to the module's memory by itself
 * @throws Error where the module imports anything that the pinned build does not, or lacks something that it does: the
 *   policy above was written for exactly that list
 */
export function installFirewall(
  imports: WebAssembly.Imports,
  module: WebAssembly.Module,
  python: PythonVersion,
  overrides: ReadonlyMap<string, Override>,
  seal: Seal,
  hostWrote: () => void,
): void {
  const pinned = importsOf(python);
  const wanted = WebAssembly.Module.imports(module).filter((entry) => entry.kind === 'function');
  const unknown = wanted.filter((entry) => !pinned.has(`${entry.module}.${entry.name}`));
  if (unknown.length > 0 || wanted.length !== pinned.size) {
    const names = unknown.map((entry) => `${entry.module}.${entry.name}`).join(', ') || 'fewer than expected';
    throw new Error(
      `the interpreter build for Python ${python} is not the pinned one (imports: ${names}); reinstall with npm ci`,
    );
  }
  for (const { module: namespace, name } of wanted) {
    const functions = imports[namespace] as Record<string, WebAssembly.ImportValue>;
    const original = functions[name];
    functions[name] =
      typeof original === 'function'
        ? (guard(name, original as HostFunction, overrides.get(name), seal, hostWrote) as WebAssembly.ImportValue)
        : // A suspending import switches stacks, which nothing here needs.
          () => {
            throw refusal(name);
          };
  }
}
