# class: A41
# about: half of a character pair in names and messages
# entry: call f()
# claim: {"kind": "output", "returns": "None"}
# verdict: refuted
def f():
    raise type('X\ud800', (Exception,), {})('\udfff\x00"}')
