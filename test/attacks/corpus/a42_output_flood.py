# class: A42
# about: floods the output
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: inconclusive budget
def f():
    for _ in range(100):
        print('x' * 10**5)
    return 2
