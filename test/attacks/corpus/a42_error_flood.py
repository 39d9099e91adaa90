# class: A42
# about: floods the error stream
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: inconclusive budget
import sys


def f():
    for _ in range(100):
        sys.stderr.write('x' * 10**5)
    return 2
