# class: A8
# about: a repr that gives no text, and a metaclass whose name cannot be read
# entry: call f()
# claim: {"kind": "output", "returns": "3"}
# verdict: refuted
class Meta(type):
    @property
    def __name__(cls):
        raise ValueError


class Failure(Exception, metaclass=Meta):
    pass


class Bad:
    def __repr__(self):
        raise Failure


class Number:
    def __repr__(self):
        return 3


def f():
    bad = Bad()
    number = Number()
    return number
