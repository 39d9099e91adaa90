# class: source
# about: attributes of attributes without end, for the compiler's recursion
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive memory | inconclusive budget
def f():
    return eval('a' + '.b' * 10**5)
