# class: A16
# about: moves its own frame to another line
# entry: call f()
# claim: {"kind": "output", "returns": "3"}
# verdict: refuted | inconclusive tampered
import sys


def f():
    x = 3
    frame = sys._getframe()
    frame.f_trace = len
    frame.f_lineno = 15
    x = 1
    return x
