# class: A30
# about: recursion without a limit
# entry: call f()
# claim: {"kind": "output", "raises": "RecursionError"}
# verdict: inconclusive budget | inconclusive memory
import sys

sys.setrecursionlimit(2**31 - 1)


def g(n):
    return g(n + 1)


def f():
    return g(0)
