# class: A34
# about: gets the module of foreign functions around the import system
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive unsupported | inconclusive tampered
import _imp
from importlib.machinery import ModuleSpec


def f():
    try:
        module = _imp.create_builtin(ModuleSpec('_ctypes', None))
        _imp.exec_builtin(module)
        return module.dlopen('', 0) and 1
    except ImportError:
        return 0
