# class: A30
# about: recursion through C code without a limit
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive budget | inconclusive memory
import sys

sys.setrecursionlimit(2**31 - 1)


class Deep:
    def __getattr__(self, name):
        return getattr(self, 'x')


def f():
    return Deep().x
