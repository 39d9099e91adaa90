# class: A10
# about: `type` gives another name to the exception
# entry: call f()
# claim: {"kind": "output", "raises": "KeyError"}
# verdict: refuted
# truth: {"kind": "output", "raises": "ValueError", "message": "true"}
import builtins


class Descriptor:
    def __get__(self, instance, owner=None):
        return 'KeyError'


class Type:
    @property
    def __dict__(self):
        return {'__qualname__': Descriptor(), '__module__': Descriptor(), '__name__': Descriptor()}

    def __call__(self, *_):
        return str


builtins.type = Type()


def f():
    raise ValueError('true')
