# class: source
# about: brackets nested deeper than the parser can follow
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive memory | inconclusive budget
def f():
    return eval('[' * 10**5 + ']' * 10**5)
