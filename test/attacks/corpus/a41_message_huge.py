# class: A41
# about: the message of an exception fills the memory
# entry: call f()
# claim: {"kind": "output", "raises": "Huge"}
# verdict: inconclusive memory
class Huge(Exception):
    def __str__(self):
        return 'a' * 10**9


def f():
    raise Huge
