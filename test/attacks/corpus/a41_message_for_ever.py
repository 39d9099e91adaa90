# class: A41
# about: the message of an exception never comes
# entry: call f()
# claim: {"kind": "output", "raises": "Endless"}
# verdict: inconclusive budget
class Endless(Exception):
    def __str__(self):
        while True:
            pass

    __repr__ = Exception.__repr__


def f():
    raise Endless
