# class: A8
# about: a repr that switches tracing off, at a moment when nothing is traced
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive tampered
import sys


class Off:
    def __repr__(self):
        sys.settrace(None)
        return 'Off()'


def f():
    value = Off()
    return 1
