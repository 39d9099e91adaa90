# class: locals
# about: deletes and rebinds what a frame shows, through its own view of its locals
# entry: call f()
# claim: {"kind": "output", "returns": "9"}
# verdict: refuted
# truth: {"kind": "output", "returns": "1"}
import sys


def f():
    x = 1
    view = dict(sys._getframe().f_locals)
    view['x'] = 9
    locals()['x'] = 9
    return x
