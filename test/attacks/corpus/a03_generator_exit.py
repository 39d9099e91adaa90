# class: A3
# about: leaves by the exception that closes generators
# entry: call f()
# claim: {"kind": "output", "returns": "None"}
# verdict: refuted
# truth: {"kind": "output", "raises": "GeneratorExit", "message": ""}
def f():
    raise GeneratorExit
