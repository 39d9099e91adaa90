# class: A8
# about: a repr that changes a local of the frame that is being looked at
# entry: call f()
# claim: {"kind": "output", "returns": "99"}
# verdict: refuted | inconclusive tampered | inconclusive unsupported | inconclusive nondeterministic
class Writer:
    box = [1]

    def __repr__(self):
        self.box[0] = 99
        return 'Writer()'


def f():
    writer = Writer()
    done = True
    return writer.box[0]
