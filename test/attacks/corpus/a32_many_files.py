# class: A32
# about: many empty files, made inside one C call
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive budget
import os


def f():
    list(map(os.mkdir, map('/tmp/%d'.__mod__, range(10**7))))
    return 1
