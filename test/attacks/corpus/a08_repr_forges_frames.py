# class: A8
# about: a repr that has calls traced which the program does not make
# entry: call f()
# claim: {"kind": "path", "line": 10, "reached": true}
# verdict: refuted | inconclusive tampered | inconclusive unsupported
import sys


def forged(x):
    return x + 1


class Forger:
    def __repr__(self):
        sys.call_tracing(forged, (1,))
        return 'Forger()'


def f():
    value = Forger()
    return 1
