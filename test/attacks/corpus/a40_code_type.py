# class: A40
# about: makes code by hand
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive tampered
import types


def f():
    types.CodeType(0, 0, 0, 0, 1, 64, b'd\xff', (), (), (), 'program.py', 'f', 1, b'')
    return 1
