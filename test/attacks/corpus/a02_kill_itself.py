# class: A2
# about: sends itself a signal that cannot be caught
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive unsupported
import os


def f():
    os.kill(os.getpid(), 9)
    return 1
