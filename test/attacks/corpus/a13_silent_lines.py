# class: A13
# about: switches line events of its frame off
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive tampered
import sys


def f():
    sys._getframe().f_trace_lines = False
    x = 1
    return x
