# class: A40
# about: loads byte code that no compiler made
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive tampered
import marshal


def g():
    return 1


def f():
    code = marshal.loads(marshal.dumps(g.__code__))
    return type(g)(code, {})()
