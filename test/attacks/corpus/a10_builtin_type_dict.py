# class: A10
# about: changes the methods of built-in types through the collector's view of their dicts
# entry: call f()
# claim: {"kind": "output", "raises": "ValueError", "message": "forged"}
# verdict: refuted | inconclusive memory
import gc


def dict_of(kind):
    return next(one for one in gc.get_referents(kind.__dict__) if type(one) is dict)


dict_of(str)['encode'] = lambda *_: b'{"type": "KeyError", "message": "forged", "line": 1}'
dict_of(BaseException)['__str__'] = lambda self: 'forged'
dict_of(dict)['items'] = lambda self: []


def f():
    raise ValueError('true')
