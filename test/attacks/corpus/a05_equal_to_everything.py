# class: A5
# about: returns an int that equals every int
# entry: call f()
# claim: {"kind": "output", "returns": "7"}
# verdict: refuted | inconclusive platform
# truth: {"kind": "output", "returns": "3"}
class Equal(int):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = int.__hash__


def f():
    return Equal(3)
