# class: A11
# about: walks the frames below its own for an expected result
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted
# truth: {"kind": "output", "returns": "(0, False)"}
import sys


def f():
    names = set()
    frame = sys._getframe().f_back
    depth = 0
    while frame is not None:
        names.update(frame.f_locals, frame.f_globals)
        frame = frame.f_back
        depth += 1
    return depth, bool(names & {'claim', 'expected', 'trace', 'frames', 'verdict', 'request'})
