# class: A32
# about: stretches many files, each within the budget
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive budget
def f():
    for n in range(64):
        with open('/tmp/%d' % n, 'wb') as file:
            file.truncate(900_000)
    return 1
