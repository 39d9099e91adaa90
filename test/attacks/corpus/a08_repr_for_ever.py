# class: A8
# about: a repr that never ends
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive budget
class Slow:
    def __repr__(self):
        while True:
            pass


def f():
    slow = Slow()
    return 1
