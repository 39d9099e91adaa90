# class: A41
# about: the message of an exception switches tracing off, when nothing is traced
# entry: call f()
# claim: {"kind": "output", "raises": "KeyError"}
# verdict: refuted | inconclusive tampered
import sys


class Acting(Exception):
    def __str__(self):
        sys.settrace(None)
        type(self).__qualname__ = 'KeyError'
        type(self).__module__ = 'builtins'
        return 'm'


def f():
    raise Acting
