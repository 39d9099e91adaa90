# class: memory
# about: clears frames and closes generators that are running
# entry: call f()
# claim: {"kind": "output", "returns": "'forged'"}
# verdict: refuted | inconclusive memory
import sys


def generator():
    yield sys._getframe()


def f():
    one = generator()
    frame = next(one)
    frame.clear()
    try:
        sys._getframe().clear()
    except RuntimeError:
        pass
    return list(one)
