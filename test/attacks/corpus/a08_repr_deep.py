# class: A8
# about: a value nested deeper than the interpreter can print
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive memory | inconclusive budget
def f():
    value = []
    for _ in [None] * 2000: value = [value]
    return len(value) - 1
