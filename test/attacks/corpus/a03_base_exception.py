# class: A3
# about: leaves by an exception that `except Exception` does not hold
# entry: call f()
# claim: {"kind": "output", "returns": "None"}
# verdict: refuted
# truth: {"kind": "output", "raises": "X", "message": ""}
def f():
    raise type('X', (BaseException,), {})
