# class: A8
# about: the output tells how often a value was looked at
# entry: call f()
# claim: {"kind": "output", "returns": "1", "stdout": "seen\n"}
# verdict: refuted | inconclusive tampered | inconclusive unsupported | inconclusive nondeterministic
class Loud:
    def __repr__(self):
        print('seen')
        return 'Loud()'


def f():
    loud = Loud()
    return 1
