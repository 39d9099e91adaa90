# class: A32
# about: a chain of directories
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive budget | inconclusive unsupported
import os


def f():
    for _ in range(3000):
        os.mkdir('d')
        os.chdir('d')
    return 0
