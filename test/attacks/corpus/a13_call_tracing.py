# class: A13
# about: calls a function inside a fresh state of tracing
# entry: call f()
# claim: {"kind": "path", "line": 11, "reached": false}
# verdict: refuted | inconclusive tampered
import sys


def g(x):
    y = x + 1
    return y


def f():
    return sys.call_tracing(g, (1,))
