# class: A10
# about: poisons the modules that the interpreter's own side uses after a run
# entry: call f()
# claim: {"kind": "output", "raises": "KeyError"}
# verdict: refuted
# truth: {"kind": "output", "raises": "ValueError", "message": "true"}
import ast
import random
import re
import sys
import types


class Poison:
    def __getattr__(self, name):
        raise KeyError(name)

    def __call__(self, *_, **__):
        raise KeyError('poison')


for name in ('json', 'ast', 'random', 're', 'types', 'builtins'):
    sys.modules[name] = Poison()
for module in (ast, random, re, types):
    for name in list(vars(module)):
        if not name.startswith('__'):
            setattr(module, name, Poison())


def f():
    raise ValueError('true')
