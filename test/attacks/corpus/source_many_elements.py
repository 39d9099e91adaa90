# class: source
# about: a literal of a million elements
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive memory | inconclusive budget
def f():
    return len(eval('[' + '1,' * 10**6 + ']'))
