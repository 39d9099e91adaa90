# class: A10
# about: the standard module that writes descriptions writes another one
# entry: call f()
# claim: {"kind": "output", "raises": "KeyError", "message": "forged"}
# verdict: refuted
# truth: {"kind": "output", "raises": "ValueError", "message": "true"}
import json


class Forged:
    def encode(self, *_):
        return b'{"type": "KeyError", "message": "forged", "line": 1}'


json.dumps = lambda *_, **__: Forged()


def f():
    raise ValueError('true')
