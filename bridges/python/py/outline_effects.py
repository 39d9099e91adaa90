"""Uses of what lies outside of a function's values. The second part of `outline.py`'s program, behind
`outline_parameters.py`.
"""

import ast

EFFECTS = {
    "os.environ": "environment",
    "os.getenv": "environment",
    "os.putenv": "environment",
    "os.remove": "files",
    "os.unlink": "files",
    "os.rename": "files",
    "os.replace": "files",
    "os.makedirs": "files",
    "os.mkdir": "files",
    "os.rmdir": "files",
    "shutil.rmtree": "files",
    "shutil.copy": "files",
    "shutil.move": "files",
    "os.system": "processes",
    "os.popen": "processes",
    "os.fork": "processes",
    "os.kill": "processes",
    "os._exit": "exit",
    "sys.exit": "exit",
    "sys.settrace": "interpreter",
    "sys.setprofile": "interpreter",
    "sys._getframe": "interpreter",
    "sys.modules": "interpreter",
    "sys.stdout": "streams",
    "sys.stderr": "streams",
    "gc.get_objects": "interpreter",
    "gc.get_referrers": "interpreter",
    "inspect.currentframe": "interpreter",
    "inspect.stack": "interpreter",
    "atexit.register": "deferred code",
    "weakref.finalize": "deferred code",
    "builtins": "interpreter",
    "ctypes": "native code",
    "subprocess": "processes",
    "multiprocessing": "processes",
    "socket": "network",
    "urllib.request": "network",
    "http.client": "network",
    "requests": "network",
    "eval": "code from data",
    "exec": "code from data",
    "compile": "code from data",
    "__import__": "code from data",
    "marshal.loads": "code from data",
    "pickle.loads": "code from data",
}
WRITING_METHODS = frozenset("write_text write_bytes unlink touch mkdir rmdir".split())


def effects(node, aliases):
    """Uses of what lies outside a function's values: `[kind, text, line]`."""
    found = []

    def add(kind, text, line):
        if all(entry[0] != kind or entry[1] != text for entry in found):
            found.append([kind, text, line])

    for one in ast.walk(node):
        if type(one) in (ast.FunctionDef, ast.AsyncFunctionDef) and one.name == "__del__":
            add("deferred code", "__del__", one.lineno)
        if type(one) not in (ast.Name, ast.Attribute, ast.Call):
            continue
        if type(one) is ast.Call:
            target = dotted(one.func)
            if target == "open" and writes(one):
                add("files", "open(…, %s)" % unparse(one.args[1] if len(one.args) > 1 else one.keywords[0].value), one.lineno)
            if type(one.func) is ast.Attribute and one.func.attr in WRITING_METHODS:
                add("files", one.func.attr, one.lineno)
            continue
        name = dotted(one)
        if name is None:
            continue
        head, _, rest = name.partition(".")
        name = aliases.get(head, head) + ("." + rest if rest else "")
        for known, kind in EFFECTS.items():
            if name == known or name.startswith(known + "."):
                add(kind, known, one.lineno)
    return found


def writes(call):
    mode = call.args[1] if len(call.args) > 1 else None
    for keyword in call.keywords:
        if keyword.arg == "mode":
            mode = keyword.value
    if mode is None:
        return False
    return type(mode) is not ast.Constant or type(mode.value) is not str or any(one in mode.value for one in "wax+")
