# class: A28
# about: searches an endless iterator
# entry: call f()
# claim: {"kind": "output", "returns": "True"}
# verdict: inconclusive budget
import itertools


def f():
    return 1 in itertools.repeat(0)
