"""What a program may not name, because it could see or change the machine, or run code that it does not see."""

import ast

_NAMES = frozenset(
    "globals locals vars eval exec compile getattr setattr delattr __import__ open breakpoint dir memoryview help exit quit "
    "__builtins__ __loader__ __spec__ copyright credits license".split()
)
_ATTRIBUTES = frozenset(
    "tb_frame tb_next f_back f_globals f_locals f_builtins f_code f_trace gi_frame gi_code gi_yieldfrom cr_frame cr_code "
    "ag_frame ag_code co_code func_globals mro with_traceback add_note format_map".split()
)
# Methods that a class may define, and attributes that may be read.
_DUNDERS = frozenset(
    "__init__ __str__ __repr__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __bool__ __len__ __iter__ __next__ "
    "__contains__ __getitem__ __setitem__ __delitem__ __call__ __enter__ __exit__ __add__ __radd__ __iadd__ __sub__ "
    "__rsub__ __isub__ __mul__ __rmul__ __imul__ __floordiv__ __mod__ __truediv__ __pow__ __neg__ __pos__ __abs__ "
    "__invert__ __and__ __or__ __xor__ __lshift__ __rshift__ __post_init__ __reversed__ __int__ __index__ __float__ "
    "__format__ __missing__ __name__ __doc__ __slots__".split()
)
MODULES = frozenset(
    "__future__ abc array bisect collections collections.abc copy dataclasses datetime decimal enum fractions functools "
    "heapq itertools json math numbers operator random re statistics string textwrap time typing unicodedata".split()
)


def refusal(tree):
    """Why a program is not run, with the line; None where it is."""
    for node in ast.walk(tree):
        found = _fault(node)
        if found is not None:
            return "line %d: %s" % (getattr(node, "lineno", 1), found)
    return None


def _is_hidden(name):
    return name.startswith("__") and name.endswith("__") and name not in _DUNDERS


def _fault(node):
    if isinstance(node, ast.Name):
        if node.id in _NAMES or node.id.startswith("_assay_") or _is_hidden(node.id):
            return "the program names %s" % node.id
    elif isinstance(node, ast.Attribute):
        if node.attr in _ATTRIBUTES or node.attr.startswith(("box_", "_assay_")) or _is_hidden(node.attr):
            return "the program names the attribute %s" % node.attr
    elif isinstance(node, (ast.Import, ast.ImportFrom)):
        return _import_fault(node)
    elif isinstance(node, (ast.FunctionDef, ast.ClassDef)):
        if _is_hidden(node.name) or node.name.startswith("_assay_"):
            return "the program defines %s" % node.name
    elif isinstance(node, (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)):
        return "asynchronous code"
    elif isinstance(node, ast.Call):
        return _call_fault(node)
    elif isinstance(node, ast.MatchClass) and any(_is_hidden(name) for name in node.kwd_attrs):
        return "a pattern names a hidden attribute"
    elif type(node).__name__ in ("TemplateStr", "TypeAlias"):
        return "%s is not looked into" % type(node).__name__
    return None


def _import_fault(node):
    if isinstance(node, ast.ImportFrom):
        if node.level or node.module not in MODULES:
            return "the program imports from %s" % node.module
        if any(one.name.startswith("_") or one.name == "*" for one in node.names):
            return "the program imports a hidden name from %s" % node.module
        if node.module == "operator" and any(one.name in ("attrgetter", "methodcaller") for one in node.names):
            return "the program imports what reads attributes by name"
        return None
    for one in node.names:
        if one.name not in MODULES:
            return "the program imports %s" % one.name
    return None


def _call_fault(node):
    if isinstance(node.func, ast.Name) and node.func.id == "type" and len(node.args) + len(node.keywords) != 1:
        return "the program makes a class by a call"
    if isinstance(node.func, ast.Name) and node.func.id == "super" and (node.args or node.keywords):
        return "super with arguments"
    if isinstance(node.func, ast.Attribute) and node.func.attr in ("attrgetter", "methodcaller"):
        return "the program reads attributes by name"
    return None
