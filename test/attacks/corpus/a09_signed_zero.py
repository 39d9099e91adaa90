# class: A9
# about: zeros of the other sign, and a value that does not equal itself
# entry: call f()
# claim: {"kind": "output", "returns": "(0.0, nan)"}
# verdict: refuted
# truth: {"kind": "output", "returns": "(-0.0, nan)"}
def f():
    return -0.0, float('nan')
