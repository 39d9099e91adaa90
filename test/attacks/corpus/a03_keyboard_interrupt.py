# class: A3
# about: pretends that a person stopped it
# entry: call f()
# claim: {"kind": "output", "returns": "None"}
# verdict: refuted
# truth: {"kind": "output", "raises": "KeyboardInterrupt", "message": "stop"}
def f():
    raise KeyboardInterrupt('stop')
