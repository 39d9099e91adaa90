# class: A28
# about: one C call that looks at nothing
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive budget
def f():
    return sum(iter(lambda: 1, 0)) if False else sum(map(abs, range(2**31 - 1)))
