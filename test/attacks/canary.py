"""Tells everything that an earlier run could have left behind. Its trace is the same in each restored interpreter."""

import atexit
import builtins
import decimal
import gc
import json
import operator
import os
import random
import re
import signal
import sys
import threading
import time
import warnings


def tree(path):
    found = {path: tuple(os.lstat(path))}
    if os.path.isdir(path) and not path.startswith(('/lib', '/proc/')):
        for name in os.listdir(path):
            found.update(tree(os.path.join(path, name)))
    return found


def lowest_descriptor():
    descriptor = os.open('/dev/null', os.O_RDONLY)
    os.close(descriptor)
    return descriptor


def mask():
    now = os.umask(0)
    os.umask(now)
    return now


def names():
    return {
        'modules': sorted(sys.modules),
        'builtins': sorted(vars(builtins)),
        'path': (sys.path, len(sys.meta_path), len(sys.path_hooks), sys.argv, dict(os.environ), os.getcwd()),
        'files': tree('/'),
        'hidden': [name for name in ('__proto__', 'constructor', 'left') if os.path.exists('/tmp/' + name)],
        'process': (lowest_descriptor(), mask(), atexit._ncallbacks(), signal.getsignal(signal.SIGINT).__name__),
        'hooks': (sys.gettrace(), sys.getprofile(), threading._trace_hook, sys.getrecursionlimit()),
        'collector': (gc.get_threshold(), gc.callbacks, gc.get_debug(), gc.get_freeze_count()),
        'random': (random.random(), os.urandom(4), time.time(), time.monotonic()),
        'state': (decimal.getcontext().prec, warnings.filters, re.compile('x').pattern, hash('x')),
        'methods': (json.dumps([1]), operator.eq(1, 2), str(ValueError('x')), 'x'.encode(), len([1])),
        'streams': [type(stream).__name__ for stream in (sys.stdin, sys.stdout, sys.stderr)],
        # Where the next object goes depends on every allocation before it.
        'address': (id(object()), id([]), id(bytes(5000))),
    }


def f():
    print(sys.stdin.read())
    return names()
