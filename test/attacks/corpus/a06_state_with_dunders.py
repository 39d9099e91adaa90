# class: A6
# about: a state variable whose comparison, hash and truth print
# entry: call f()
# claim: {"kind": "output", "returns": "1", "stdout": "compared\n"}
# verdict: refuted
# truth: {"kind": "output", "returns": "1", "stdout": ""}
class Loud:
    def __eq__(self, other):
        print('compared')
        return True

    def __hash__(self):
        print('compared')
        return 1

    def __bool__(self):
        print('compared')
        return True

    def __len__(self):
        print('compared')
        return 1

    def __str__(self):
        print('compared')
        return '1'


def f():
    x = Loud()
    y = [x]
    return len(y)
