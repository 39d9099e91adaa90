# class: A18
# about: defines what a checker inside the interpreter might look for
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted
# truth: {"kind": "output", "returns": "2"}
TEST_CASES = []
__trace__ = None
prepare = describe = literal = bind_input = None


def check(*_):
    return True


validate_submission = verify = compare = check


def f():
    return 2
