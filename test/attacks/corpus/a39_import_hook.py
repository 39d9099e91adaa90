# class: A39
# about: answers imports itself
# entry: call f()
# claim: {"kind": "output", "returns": "4"}
# verdict: refuted
# truth: {"kind": "output", "returns": "3"}
import builtins
import sys
import types


class Finder:
    @staticmethod
    def find_spec(name, path=None, target=None):
        return None


sys.meta_path.insert(0, Finder)
sys.modules['math'] = types.SimpleNamespace(sqrt=lambda _: 3)
builtins.__import__ = lambda name, *_: sys.modules[name]


def f():
    import math

    return math.sqrt(16)
