# class: A40
# about: gives a function the code of another one
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: inconclusive tampered
def g():
    return 2


def f():
    return 1


f.__code__ = g.__code__
