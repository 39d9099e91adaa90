# class: A8
# about: a repr that raises the exception which is claimed
# entry: call f()
# claim: {"kind": "output", "raises": "KeyError"}
# verdict: refuted
# truth: {"kind": "output", "returns": "1"}
class Bad:
    def __repr__(self):
        raise KeyError('out')


def f():
    bad = Bad()
    return 1
