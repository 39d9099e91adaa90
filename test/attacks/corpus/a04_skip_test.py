# class: A4
# about: an exception that a test runner counts as no failure
# entry: call f()
# claim: {"kind": "output", "returns": "None"}
# verdict: refuted
# truth: {"kind": "output", "raises": "SkipTest", "message": "not today"}
class SkipTest(Exception):
    pass


def f():
    raise SkipTest('not today')
