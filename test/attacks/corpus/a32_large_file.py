# class: A32
# about: writes more than its file budget
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive budget
def f():
    with open('/tmp/large', 'wb') as file:
        for _ in range(100):
            file.write(bytes(10**5))
    return 1
