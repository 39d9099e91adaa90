# class: A24
# about: duplicates standard input, which the host plays, to reach the one behind it
# entry: call f()
# claim: {"kind": "output", "returns": "b'secret'"}
# verdict: refuted | inconclusive unsupported
import os


def f():
    return os.read(os.dup(0), 10)
