"""The parameters of a function: their types, and what its body does with them. The first part of `outline.py`'s program."""

import ast

LONGEST_TEXT = 400

STRING_METHODS = frozenset(
    "strip lstrip rstrip split rsplit lower upper title capitalize startswith endswith replace join encode isdigit "
    "isalpha isspace isupper islower splitlines zfill partition rpartition format casefold swapcase isalnum".split()
)
LIST_METHODS = frozenset("append extend insert sort reverse".split())
DICT_METHODS = frozenset("items keys values setdefault".split())
SET_METHODS = frozenset("add union intersection difference issubset issuperset discard".split())

def dotted(node):
    """`a.b.c` of a name or attribute, or None."""
    parts = []
    while type(node) is ast.Attribute:
        parts.append(node.attr)
        node = node.value
    if type(node) is not ast.Name:
        return None
    parts.append(node.id)
    return ".".join(reversed(parts))


def unparse(node):
    return ast.unparse(node)[:LONGEST_TEXT]


def shape(node):
    """An annotation as `name` or `[name, *arguments]`; None for what says nothing."""
    if node is None:
        return None
    if type(node) is ast.Constant:
        if node.value is None:
            return "None"
        if type(node.value) is str:
            try:
                return shape(ast.parse(node.value, mode="eval").body)
            except SyntaxError:
                return None
        return None
    if type(node) is ast.BinOp and type(node.op) is ast.BitOr:
        return ["Union", shape(node.left), shape(node.right)]
    if type(node) is ast.Subscript:
        name = dotted(node.value)
        if name is None:
            return None
        name = name.split(".")[-1]
        inner = node.slice
        if name == "Literal":
            values = inner.elts if type(inner) is ast.Tuple else [inner]
            return ["Literal", *[unparse(value) for value in values]]
        inner = inner.elts if type(inner) is ast.Tuple else [inner]
        inner = ["..." if type(one) is ast.Constant and one.value is ... else shape(one) for one in inner]
        return [name, *inner]
    name = dotted(node)
    return None if name is None else name.split(".")[-1]


def is_number(node):
    if type(node) is ast.UnaryOp:
        node = node.operand
    return type(node) is ast.Constant and type(node.value) in (int, float)


def is_text(node):
    return type(node) is ast.Constant and type(node.value) is str


class Hints(ast.NodeVisitor):
    """What the body of a function does with its parameters."""

    def __init__(self, names):
        self.found = {name: [] for name in names}

    def add(self, node, hint):
        if type(node) is ast.Name and node.id in self.found and hint not in self.found[node.id]:
            self.found[node.id].append(hint)

    def visit_Call(self, node):
        if type(node.func) is ast.Attribute:
            method = node.func.attr
            for methods, hint in (
                (STRING_METHODS, "str"),
                (LIST_METHODS, "list"),
                (DICT_METHODS, "dict"),
                (SET_METHODS, "set"),
            ):
                if method in methods:
                    self.add(node.func.value, hint)
        elif type(node.func) is ast.Name:
            for argument in node.args:
                if node.func.id == "range":
                    self.add(argument, "int")
                elif node.func.id in ("len", "sorted", "sum", "enumerate", "reversed", "list", "set", "tuple", "zip"):
                    self.add(argument, "sequence")
                elif node.func.id in ("abs", "round", "divmod", "pow"):
                    self.add(argument, "int")
                elif node.func.id in ("ord",):
                    self.add(argument, "character")
        self.generic_visit(node)

    def visit_For(self, node):
        self.add(node.iter, "sequence")
        self.generic_visit(node)

    visit_comprehension = visit_For

    def visit_Subscript(self, node):
        known = type(node.slice) is ast.Slice or is_number(node.slice)
        self.add(node.value, "dict" if is_text(node.slice) else "sequence" if known else "container")
        self.generic_visit(node)

    def visit_BinOp(self, node):
        for one, other in ((node.left, node.right), (node.right, node.left)):
            if is_number(other) or type(node.op) in (ast.Sub, ast.Mult, ast.FloorDiv, ast.Mod, ast.Pow, ast.Div):
                self.add(one, "int")
            elif is_text(other):
                self.add(one, "str")
        self.generic_visit(node)

    def visit_AugAssign(self, node):
        self.add(node.value, "int")
        self.generic_visit(node)

    def visit_Compare(self, node):
        sides = [node.left, *node.comparators]
        for index, operator in enumerate(node.ops):
            left, right = sides[index], sides[index + 1]
            if type(operator) in (ast.In, ast.NotIn):
                self.add(right, "container")
                if is_text(right):
                    self.add(left, "character")
                continue
            for one, other in ((left, right), (right, left)):
                if is_number(other):
                    self.add(one, "int")
                elif is_text(other):
                    self.add(one, "str")
                elif type(other) is ast.Constant and other.value is None:
                    self.add(one, "None")
                elif type(operator) in (ast.Lt, ast.LtE, ast.Gt, ast.GtE):
                    self.add(one, "int")
        self.generic_visit(node)


def parameters(node):
    arguments = node.args
    positional = [*arguments.posonlyargs, *arguments.args]
    defaults = [None] * (len(positional) - len(arguments.defaults)) + list(arguments.defaults)
    named = [*positional, *arguments.kwonlyargs]
    hints = Hints([argument.arg for argument in named])
    for statement in node.body:
        hints.visit(statement)
    found = []

    def add(argument, kind, default):
        found.append(
            {
                "name": argument.arg,
                "kind": kind,
                "shape": shape(argument.annotation),
                "default": None if default is None else unparse(default),
                "hints": hints.found.get(argument.arg, []),
            }
        )

    for index, argument in enumerate(positional):
        add(argument, "positional" if index < len(arguments.posonlyargs) else "any", defaults[index])
    if arguments.vararg:
        add(arguments.vararg, "rest", None)
    for argument, default in zip(arguments.kwonlyargs, arguments.kw_defaults):
        add(argument, "keyword", default)
    if arguments.kwarg:
        add(arguments.kwarg, "keywords", None)
    return found
