# class: A13
# about: asks for an event for each instruction
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive tampered
import sys


def f():
    sys._getframe().f_trace_opcodes = True
    x = 1
    return x
