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


# Modules hold other modules, and built-in functions, under these names.
_WAYS_OUT = frozenset(
    "sys _sys os _os builtins bltns inspect gc types threading warnings _getframe settrace modules eval exec getattr setattr "
    "delattr globals locals vars __import__ get_type_hints ForwardRef evaluate_forward_ref make_dataclass attrgetter "
    "methodcaller".split()
)


def imports(tree, name):
    """Whether a program imports a module."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == name:
            return True
        if isinstance(node, ast.Import) and any(one.name == name for one in node.names):
            return True
    return False


def refusal(tree):
    """Why a program is not run, with the line; None where it is."""
    modules = {
        (one.asname or one.name).split(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for one in node.names
    }
    for node in ast.walk(tree):
        found = _fault(node) or _module_fault(node, modules)
        if found is not None:
            return "line %d: %s" % (getattr(node, "lineno", 1), found)
    return None


def _is_hidden(name):
    return name.startswith("__") and name.endswith("__") and name not in _DUNDERS


def _module_fault(node, modules):
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in modules:
        if node.attr.startswith("_"):
            return "the program names a hidden attribute of the module %s" % node.value.id
    return None


def _fault(node):
    if isinstance(node, ast.Name):
        if node.id in _NAMES or node.id.startswith("_assay_") or _is_hidden(node.id):
            return "the program names %s" % node.id
    elif isinstance(node, ast.Attribute):
        if node.attr in _ATTRIBUTES or node.attr in _WAYS_OUT or node.attr.startswith(("box_", "_assay_")) or _is_hidden(node.attr):
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
        if any(one.name.startswith("_") or one.name == "*" or one.name in _WAYS_OUT for one in node.names):
            return "the program imports a hidden name from %s" % node.module
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
    return None
