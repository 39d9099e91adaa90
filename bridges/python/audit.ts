import type { CPython, Pointer } from './cpython.ts';
import { RunHalted } from './halt.ts';

/** Events that only somebody who wants to blind or lead the tracer raises. */
const TAMPERING: ReadonlySet<string> = new Set([
  'assay.tampered',
  'sys.settrace',
  'sys.setprofile',
  'sys.monitoring.register_callback',
  'code.__new__',
  'sys._setframe',
]);

/** What an operating system would do and this one does not, or not as the program would see it elsewhere. */
const UNSUPPORTED_EVENTS: ReadonlySet<string> = new Set([
  'os.exec',
  'os.fork',
  'os.forkpty',
  'os.kill',
  'os.killpg',
  'os.posix_spawn',
  'os.spawn',
  'os.system',
  'signal.pthread_kill',
]);

/** Modules that exist in CPython and cannot work here: a run that imports one shows nothing about the real program. */
const UNSUPPORTED_MODULES: ReadonlySet<string> = new Set([
  'ctypes',
  '_ctypes',
  'socket',
  '_socket',
  'ssl',
  '_ssl',
  'select',
  'multiprocessing',
  '_xxsubinterpreters',
  '_interpreters',
  'interpreters',
  'concurrent.interpreters',
  '_testcapi',
  '_testinternalcapi',
  '_multiprocessing',
  'subprocess',
  '_posixsubprocess',
  'mmap',
  'fcntl',
  'resource',
  'termios',
  'tkinter',
  '_tkinter',
]);

/**
 * The host's audit hook (PEP 578). CPython calls it inside the operations that matter for the trust in a trace; it is
 * installed from C, so that no program can find or remove it. It ends the run by throwing.
 */
export function createAuditHook(python: CPython, isActive: () => boolean): (event: Pointer, args: Pointer) => number {
  const argument = (args: Pointer, index: number): string => {
    const item = python.api.PyTuple_GetItem(args, index);
    if (item !== 0) return python.readText(item);
    python.api.PyErr_Clear();
    return '';
  };
  return (event, args) => {
    if (!isActive()) return 0;
    python.refresh();
    const name = python.cText(event);
    if (TAMPERING.has(name)) {
      throw new RunHalted('tampered', `the program used ${name === 'assay.tampered' ? argument(args, 0) : name}`);
    }
    if (UNSUPPORTED_EVENTS.has(name)) throw new RunHalted('unsupported', `the program uses ${name}`);
    if (name === 'assay.unsupported') throw new RunHalted('unsupported', `the program uses ${argument(args, 0)}`);
    if (name === 'import' && UNSUPPORTED_MODULES.has(argument(args, 0))) {
      throw new RunHalted('unsupported', `the program imports ${argument(args, 0)}`);
    }
    if (name === 'object.__setattr__' && argument(args, 1) === '__code__') {
      throw new RunHalted('tampered', 'the program replaced the code of a function');
    }
    return 0;
  };
}
