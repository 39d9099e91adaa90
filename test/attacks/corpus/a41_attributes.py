# class: A41
# about: attributes that say that all is well
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted
# truth: {"kind": "output", "returns": "2"}
def f():
    return 2


f.passed = f.verified = True
f.__wrapped__ = lambda: 1
f.__name__ = f.__qualname__ = 'verified'
