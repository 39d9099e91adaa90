# class: A9
# about: the text of a number for the number
# entry: call f()
# claim: {"kind": "output", "returns": "3"}
# verdict: refuted
# truth: {"kind": "output", "returns": "'3'"}
def f():
    return str(3)
