# class: A32
# about: one byte far out in a file
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive budget
def f():
    with open('/tmp/hole', 'wb') as file:
        file.seek(2**30)
        file.write(b'x')
    return 1
