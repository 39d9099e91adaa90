# class: A33
# about: imports the bridges of the engine between Python and its host
# entry: call f()
# claim: {"kind": "output", "returns": "['js']"}
# verdict: refuted | inconclusive unsupported
def f():
    found = []
    for name in ('js', 'pyodide_js', 'pyodide', '_pyodide', '_pyodide_core', 'pyodide.code', 'pyodide.ffi', 'micropip'):
        try:
            __import__(name)
            found.append(name)
        except ImportError:
            pass
    return found
