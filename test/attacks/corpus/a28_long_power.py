# class: A28
# about: one arithmetic operation that takes for ever
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive budget | inconclusive memory
def f():
    return (3 ** (10**8)) % 2
