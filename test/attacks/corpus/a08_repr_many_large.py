# class: A8
# about: reprs that fill the trace, each within the memory
# entry: call f()
# claim: {"kind": "output", "returns": "0"}
# verdict: inconclusive budget
def f():
    text = 'a' * 10**6
    n = 100
    while n:
        n -= 1
    return n
