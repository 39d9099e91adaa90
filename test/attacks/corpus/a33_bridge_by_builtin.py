# class: A33
# about: asks the list of built-in modules for a bridge and makes it by hand
# entry: call f()
# claim: {"kind": "output", "returns": "['js']"}
# verdict: refuted | inconclusive tampered
import _imp
import sys
from importlib.machinery import ModuleSpec


def f():
    found = [name for name in sys.builtin_module_names if 'js' in name.replace('json', '') or 'pyodide' in name]
    for name in ('js', '_pyodide_core', '_jslib'):
        try:
            _imp.create_builtin(ModuleSpec(name, None))
        except ImportError:
            continue
        if _imp.is_builtin(name):
            found.append(name)
    return found
