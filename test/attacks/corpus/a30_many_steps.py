# class: A30
# about: more steps than its budget
# entry: call f()
# claim: {"kind": "output", "returns": "10000000"}
# verdict: inconclusive budget
def f():
    n = 0
    while n < 10**7:
        n += 1
    return n
