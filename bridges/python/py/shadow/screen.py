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
        check = _CHECKS.get(type(node).__name__)
        found = check(node) if check else None
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


def _reserved_fault(name):
    return "the program names %s" % name if name is not None and is_reserved(name) else None


def _named(field):
    """The check of nodes that give or take a name in one field."""
    return lambda node: _reserved_fault(getattr(node, field))


def _name_fault(node):
    name = node.id
    return "the program names %s" % name if name in _NAMES or is_reserved(name) else None


def _attribute_fault(node):
    return "the program names the attribute %s" % node.attr if is_attribute_refused(node.attr) else None


def _declaration_fault(node):
    return next(filter(None, map(_reserved_fault, node.names)), None)


def _pattern_fault(node):
    refused = next(filter(is_attribute_refused, node.kwd_attrs), None)
    return None if refused is None else "the program names the attribute %s" % refused


def _asynchronous(_node):
    return "asynchronous code"


def _unknown(node):
    return "%s is not looked into" % type(node).__name__


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


_CHECKS = {
    "Name": _name_fault,
    "Attribute": _attribute_fault,
    "Call": _call_fault,
    "FunctionDef": _named("name"),
    "ClassDef": _named("name"),
    "arg": _named("arg"),
    "keyword": _named("arg"),
    "ExceptHandler": _named("name"),
    "Global": _declaration_fault,
    "Nonlocal": _declaration_fault,
    "Import": _import_fault,
    "ImportFrom": _import_fault,
    "MatchAs": _named("name"),
    "MatchStar": _named("name"),
    "MatchMapping": _named("rest"),
    "MatchClass": _pattern_fault,
    "TypeVar": _named("name"),
    "ParamSpec": _named("name"),
    "TypeVarTuple": _named("name"),
    "AsyncFunctionDef": _asynchronous,
    "AsyncFor": _asynchronous,
    "AsyncWith": _asynchronous,
    "Await": _asynchronous,
    "TemplateStr": _unknown,
    "TypeAlias": _unknown,
}
