"""Runs once in a fresh interpreter, before its image is taken: everything here is there again for each program.

Leaves the interpreter as a plain CPython looks from inside, with unbuffered standard streams, a fixed seed, and the
standard modules that programs import most already loaded: importing one later costs about 30 ms, because it is compiled
from source each time.
"""

import functools
import gc
import io
import os
import random
import sys
import types

PRELOADED = (
    "abc array ast base64 binascii bisect calendar cmath collections collections.abc contextlib copy csv dataclasses "
    "datetime decimal enum fractions functools hashlib heapq html inspect io itertools json keyword linecache math "
    "numbers operator os.path pathlib pprint queue random re secrets statistics string struct textwrap time traceback "
    "types typing unicodedata urllib.parse uuid warnings weakref zlib"
)

# Modules that others have pulled in and that cannot work here; the host ends a run that imports them again.
HOLLOW_MODULES = (
    "_ctypes _multiprocessing _posixsubprocess _socket _ssl asyncio concurrent ctypes fcntl mmap multiprocessing "
    "resource select selectors socket ssl subprocess termios webbrowser"
).split()


def preload():
    for name in PRELOADED.split():
        __import__(name)


def forget_hollow_modules():
    for name in list(sys.modules):
        if name.split(".")[0] in HOLLOW_MODULES:
            del sys.modules[name]
    sys.path[:] = [path for path in sys.path if path.startswith("/lib/")]
    sys.path_importer_cache.clear()


def plain_streams():
    """Standard streams as in `python -u`: each write reaches the host at once and in order."""
    for name, descriptor, mode in (("stdout", 1, "wb"), ("stderr", 2, "wb")):
        raw = open(descriptor, mode, buffering=0, closefd=False)
        stream = io.TextIOWrapper(raw, encoding="utf-8", newline="\n", write_through=True)
        if name == "stderr":
            stream.reconfigure(errors="backslashreplace")
        stream.mode = "w"
        setattr(sys, name, stream)
        setattr(sys, "__%s__" % name, stream)
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(open(0, "rb", closefd=False), encoding="utf-8")


def plain_process():
    os.environ.clear()
    os.environ.update({"HOME": "/home/user", "LANG": "C.UTF-8", "PATH": "/usr/bin", "PYTHONHASHSEED": "0"})
    os.makedirs("/home/user", exist_ok=True)
    os.makedirs("/tmp", exist_ok=True)
    os.chdir("/home/user")
    sys.argv[:] = ["program.py"]
    sys.orig_argv[:] = ["python3", "program.py"]
    sys.executable = sys._base_executable = "/usr/bin/python3"
    sys.dont_write_bytecode = True


def refuse(what):
    """A function that tells the host instead of doing what this platform cannot, and ends the run with it."""

    def refused(*_args, **_kwargs):
        sys.audit("assay.unsupported", what)

    return refused


def witness_threads():
    """A thread cannot be started here: without this the program would see an error that CPython does not raise."""
    import _thread
    import threading

    start = refuse("threads")
    for name in ("start_new_thread", "start_new", "start_joinable_thread"):
        if hasattr(_thread, name):
            setattr(_thread, name, start)
    threading._start_new_thread = start
    threading._start_joinable_thread = start


def witness_processes():
    """The same for processes and timers, some of which this platform lacks and some of which do nothing."""
    import posix
    import signal

    for name in "fork forkpty wait wait3 wait4 waitid waitpid uname getlogin setsid setpgid".split():
        for module in (posix, os):
            setattr(module, name, refuse("os." + name))
    for name in "alarm setitimer getitimer pause sigwait sigwaitinfo sigtimedwait".split():
        setattr(signal, name, refuse("signal." + name))


def witness_line_switch():
    """Replaces `frame.f_trace_lines`, which silences line events, by a descriptor that tells the host.

    Built-in types refuse assignment, so the real dict behind the type is changed. The partial objects are C objects: a
    program that reaches them finds `sys.audit` and nothing else.
    """
    attributes = gc.get_referents(types.FrameType.__dict__)[0]
    for name in ("f_trace_lines",):
        report = functools.partial(sys.audit, "assay.tampered", "frame." + name)
        attributes[name] = property(report, report)
    sys.call_tracing = functools.partial(sys.audit, "assay.tampered", "sys.call_tracing")


preload()
forget_hollow_modules()
plain_streams()
plain_process()
witness_threads()
witness_processes()
witness_line_switch()
random.seed(0)
gc.collect()
gc.freeze()
