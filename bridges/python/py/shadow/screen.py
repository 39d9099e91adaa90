"""What a program may not name, because it could see or change the machine, or run code that it does not see."""

import ast

from .modules import MODULES, WITHHELD

_NAMES = frozenset(
    "globals locals vars eval exec compile getattr setattr delattr __import__ open breakpoint dir memoryview help exit quit "
    "__builtins__ __loader__ __spec__ copyright credits license".split()
)
_ATTRIBUTES = frozenset(
    "tb_frame tb_next f_back f_globals f_locals f_builtins f_code f_trace gi_frame gi_code gi_yieldfrom cr_frame cr_code "
    "ag_frame ag_code co_code func_globals mro with_traceback add_note format_map settrace _evaluate _getframe "
    "_getframemodulename".split()
)
# Methods that a class may define, and attributes that may be read.
_DUNDERS = frozenset(
    "__init__ __str__ __repr__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __bool__ __len__ __iter__ __next__ "
    "__contains__ __getitem__ __setitem__ __delitem__ __call__ __enter__ __exit__ __add__ __radd__ __iadd__ __sub__ "
    "__rsub__ __isub__ __mul__ __rmul__ __imul__ __floordiv__ __mod__ __truediv__ __pow__ __neg__ __pos__ __abs__ "
    "__invert__ __and__ __or__ __xor__ __lshift__ __rshift__ __post_init__ __reversed__ __int__ __index__ __float__ "
    "__format__ __missing__ __name__ __doc__ __slots__".split()
)
# Fields of syntax nodes that hold names, singly or in lists.
_FIELDS = ("id", "attr", "name", "arg", "asname", "rest", "names", "kwd_attrs")


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
    for node in ast.walk(tree):
        found = _fault(node)
        if found is not None:
            return "line %d: %s" % (getattr(node, "lineno", 1), found)
    return None


def is_reserved(name):
    """Whether a name is the machine's or a special one that programs do without."""
    special = name.startswith("__") and name.endswith("__") and len(name) > 4
    return name.startswith(("box_", "_assay_")) or special and name not in _DUNDERS


def is_attribute_refused(name):
    """Whether an attribute may not be named."""
    return name in _ATTRIBUTES or is_reserved(name)


def _named(node):
    """The names that a node gives or takes, wherever they stand in it."""
    for field in _FIELDS:
        value = getattr(node, field, None)
        for one in value if isinstance(value, list) else (value,):
            if isinstance(one, str):
                yield one


def _fault(node):
    if isinstance(node, (ast.Import, ast.ImportFrom)):
        return _import_fault(node)
    if not isinstance(node, ast.alias):
        for name in _named(node):
            if is_reserved(name):
                return "the program names %s" % name
    if isinstance(node, ast.Name) and node.id in _NAMES:
        return "the program names %s" % node.id
    if isinstance(node, (ast.Attribute, ast.MatchClass)):
        for name in _named(node):
            if is_attribute_refused(name):
                return "the program names the attribute %s" % name
    if isinstance(node, (ast.AsyncFunctionDef, ast.AsyncFor, ast.AsyncWith, ast.Await)):
        return "asynchronous code"
    if isinstance(node, ast.Call):
        return _call_fault(node)
    if type(node).__name__ in ("TemplateStr", "TypeAlias"):
        return "%s is not looked into" % type(node).__name__
    return None


def _import_fault(node):
    if any(one.asname is not None and is_reserved(one.asname) for one in node.names):
        return "the program imports under a reserved name"
    if isinstance(node, ast.ImportFrom):
        if node.level or node.module not in MODULES:
            return "the program imports from %s" % node.module
        for one in node.names:
            if one.name.startswith("_") or one.name == "*" or one.name in WITHHELD.get(node.module, ()):
                return "the program imports %s from %s" % (one.name, node.module)
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
