# class: A10
# about: patches what a comparison in Python would use
# entry: call f()
# claim: {"kind": "output", "returns": "0"}
# verdict: refuted
# truth: {"kind": "output", "returns": "[1]"}
import builtins
import operator

operator.eq = lambda a, b: True
builtins.repr = lambda value: '0'
builtins.len = lambda value: 0
builtins.isinstance = lambda value, kind: True
builtins.id = lambda value: 0


def f():
    return [1]
