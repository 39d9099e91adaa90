# class: A9
# about: an equal float for an int
# entry: call f()
# claim: {"kind": "output", "returns": "[2.0, 1]"}
# verdict: refuted
# truth: {"kind": "output", "returns": "[2, True]"}
def f():
    return [2, True]
