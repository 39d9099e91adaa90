# class: A8
# about: a repr that moves the frame which is being looked at to another line
# entry: call f()
# claim: {"kind": "output", "returns": "3"}
# verdict: refuted | inconclusive tampered | inconclusive unsupported
import sys


class Jumper:
    def __repr__(self):
        frame = sys._getframe(1)
        frame.f_trace = len
        frame.f_lineno = 22
        return 'Jumper()'


def f():
    x = 3
    jumper = Jumper()
    x = 1
    x = 2
    return x
