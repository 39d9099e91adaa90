# class: A40
# about: imports a compiled file that it wrote itself
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive tampered
import importlib.util
import marshal
import sys


def f():
    with open('/tmp/evil.pyc', 'wb') as file:
        file.write(importlib.util.MAGIC_NUMBER + bytes(12) + marshal.dumps(compile('x = 1', 'evil.py', 'exec')))
    sys.path.insert(0, '/tmp')
    import evil

    return evil.x
