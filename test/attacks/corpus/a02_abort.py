# class: A2
# about: aborts the process
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive unsupported
import os


def f():
    os.abort()
    return 1
