# class: A7
# about: an object that lies about its class, length, items and pickle
# entry: call f()
# claim: {"kind": "output", "returns": "3"}
# verdict: refuted
# truth: {"kind": "output", "returns": "<__main__.Liar object>"}
class Liar:
    @property
    def __class__(self):
        return int

    def __len__(self):
        return 3

    def __iter__(self):
        return iter([3])

    def __reduce__(self):
        return (int, (3,))

    def __index__(self):
        return 3

    def __int__(self):
        return 3


def f():
    return Liar()
