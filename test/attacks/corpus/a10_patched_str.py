# class: A10
# about: `str` gives another message
# entry: call f()
# claim: {"kind": "output", "raises": "ValueError", "message": "forged"}
# verdict: refuted
# truth: {"kind": "output", "raises": "ValueError", "message": "true"}
import builtins

builtins.str = type('str', (str,), {'__new__': lambda cls, *_: 'forged', '__str__': lambda self: 'forged'})


def f():
    raise ValueError('true')
