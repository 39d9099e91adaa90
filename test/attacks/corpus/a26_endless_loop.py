# class: A26
# about: never ends
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive budget
def f():
    while True:
        pass
    return 1
