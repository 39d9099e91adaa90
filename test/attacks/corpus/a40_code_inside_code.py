# class: A40
# about: defines the entry anew with code from a text, which has lines of its own
# entry: call f()
# claim: {"kind": "path", "line": 7, "reached": true}
# verdict: refuted | inconclusive tampered
def f():
    return 1


exec('def f():\n    return 2\n')
