# class: A40
# about: makes code with line numbers of its choice
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: inconclusive tampered
def g():
    return 2


g = type(g)(g.__code__.replace(co_firstlineno=100), {})


def f():
    return g()
