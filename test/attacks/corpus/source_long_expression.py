# class: source
# about: an expression too long for the compiler, inside the program's run
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive memory | inconclusive budget
def f():
    return eval('-' * 10**5 + '1')
