# class: A40
# about: loads byte code by the way of frozen modules
# entry: call f()
# python: 3.11 3.14
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive tampered
import _imp
import marshal


def f():
    code = _imp.get_frozen_object('x', marshal.dumps(compile('1', 'x', 'eval')))
    return eval(code)
