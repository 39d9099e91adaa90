# class: A37
# about: starts a process without a shell
# entry: call f()
# claim: {"kind": "output", "returns": "0"}
# verdict: refuted | inconclusive unsupported
import os


def f():
    for start in (lambda: os.fork(), lambda: os.execv('/bin/sh', ['sh']), lambda: os.posix_spawn('/bin/sh', ['sh'], {})):
        try:
            start()
        except (OSError, AttributeError):
            pass
    return 1
