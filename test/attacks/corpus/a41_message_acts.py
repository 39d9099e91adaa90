# class: A41
# about: the message of an exception does things after the end of the run
# entry: call f()
# claim: {"kind": "output", "raises": "Acting", "message": "m", "stdout": "late\n"}
# verdict: refuted | inconclusive tampered | inconclusive unsupported
class Acting(Exception):
    def __str__(self):
        print('late')
        return 'm'


def f():
    raise Acting
