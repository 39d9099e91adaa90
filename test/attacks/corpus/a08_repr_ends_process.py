# class: A8
# about: a repr that ends the process
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive unsupported
import os


class Exit:
    def __repr__(self):
        os._exit(0)


def f():
    value = Exit()
    return 1
