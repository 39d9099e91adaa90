# class: A10
# about: takes away every builtin
# entry: call f()
# claim: {"kind": "output", "returns": "None"}
# verdict: refuted
# truth: {"kind": "output", "raises": "ValueError", "message": "true"}
import builtins

error = ValueError('true')
for name in list(builtins.__dict__):
    if name not in ('__build_class__', '__name__'):
        del builtins.__dict__[name]


def f():
    raise error
