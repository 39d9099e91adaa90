# class: A37
# about: starts a process
# entry: call f()
# claim: {"kind": "output", "returns": "0"}
# verdict: inconclusive unsupported
import os


def f():
    return os.system('echo escaped > assay-escaped')
