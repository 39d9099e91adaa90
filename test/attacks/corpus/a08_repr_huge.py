# class: A8
# about: a repr that fills the memory
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive memory | inconclusive budget
class Huge:
    def __repr__(self):
        return 'a' * 10**9


def f():
    huge = Huge()
    return 1
