# class: P9
# about: a property that no solver can decide
# entry: call f(1)
# claim: {"kind": "always", "function": "f", "params": {"x": "int"}, "ensures": "result ** 7919 != x ** 7907 + 1"}
# verdict: refuted | inconclusive unsupported | inconclusive solver-unknown | inconclusive bounded | inconclusive budget
def f(x):
    return x * x * x + x
