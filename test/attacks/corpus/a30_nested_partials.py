# class: A30
# about: a chain of C objects that calls itself to the end of the stack
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive budget | inconclusive memory
import functools


def f():
    chain = len
    for _ in [None] * 3000: chain = type('P', (), {'__call__': functools.partial(lambda g, *a: g(*a), chain)})()
    return chain('a')
