# coding: rot13
# class: A39
# about: a coding line that makes another program of the text
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted
# truth: {"kind": "output", "returns": "2"}
def f():
    return 2
