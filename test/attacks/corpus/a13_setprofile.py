# class: A13
# about: installs a profile function
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive tampered
import sys


def f():
    sys.setprofile(lambda *_: None)
    return 1
