# class: P6
# about: an ellipsis for the value
# entry: call f([1, 2, 3])
# claim: {"kind": "output", "returns": "[1, ...]"}
# verdict: refuted
def f(x):
    return x
