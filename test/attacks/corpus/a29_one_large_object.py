# class: A29
# about: one allocation beyond the memory budget
# entry: call f()
# claim: {"kind": "output", "returns": "0"}
# verdict: inconclusive memory
def f():
    x = [0] * 10**9
    return x[0]
