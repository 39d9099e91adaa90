# class: A8
# about: the program's state counts how often it is looked at, so that the replay differs from a plain run
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive tampered | inconclusive unsupported | inconclusive nondeterministic
class Counter:
    looks = 0

    def __repr__(self):
        Counter.looks += 1
        return 'Counter()'


def f():
    counter = Counter()
    done = True
    return Counter.looks
