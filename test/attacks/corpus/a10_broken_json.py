# class: A10
# about: the standard module that writes descriptions writes garbage
# entry: call f()
# claim: {"kind": "output", "returns": "None"}
# verdict: refuted
# truth: {"kind": "output", "raises": "ValueError", "message": "true"}
import json
import json.encoder


class Garbage:
    def encode(self, *_):
        return b'garbage'


json.dumps = lambda *_, **__: Garbage()
json.encoder.JSONEncoder.encode = lambda *_: Garbage()
json._default_encoder = None


def f():
    raise ValueError('true')
