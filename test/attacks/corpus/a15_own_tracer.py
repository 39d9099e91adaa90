# class: A15
# about: a tracer of its own that edits locals
# entry: call f()
# claim: {"kind": "output", "returns": "9"}
# verdict: inconclusive tampered
import sys


def tracer(frame, event, argument):
    frame.f_locals['x'] = 9
    return tracer


def g():
    x = 1
    return x


def f():
    sys.settrace(tracer)
    return g()
