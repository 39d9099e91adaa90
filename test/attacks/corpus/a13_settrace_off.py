# class: A13
# about: switches tracing off, does something else, and switches it on again
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive tampered
import sys


def f():
    before = sys.gettrace()
    sys.settrace(None)
    sys.settrace(before)
    return 1
