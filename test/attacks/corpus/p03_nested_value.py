# class: P3
# about: a value nested deeper than a reader can follow
# entry: call f(1)
# claim: {"kind": "output", "returns": "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}
# verdict: refuted
def f(x):
    return x
