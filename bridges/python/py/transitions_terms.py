"""Expressions over integers as terms: the first part of the program that ends with `transitions.py`."""

import ast

MAX_ROWS = 20000
MAX_SHIFT = 256


class Unsupported(Exception):
    def __init__(self, what, node=None):
        super().__init__(what)
        self.line = getattr(node, "lineno", 0)


class Terms:
    """Rows of terms; equal ones are one."""

    def __init__(self):
        self.rows = []
        self.known = {}

    def row(self, *row):
        if row not in self.known:
            if len(self.rows) >= MAX_ROWS:
                raise Unsupported("a program of this size")
            self.known[row] = len(self.rows)
            self.rows.append(row)
        return self.known[row]

    def int(self, value):
        return self.row("const", str(value))

    def truth(self, value):
        return self.row("true" if value else "false")

    def all(self, refs):
        refs = [ref for ref in refs if self.rows[ref] != ("true",)]
        if not refs:
            return self.truth(True)
        return refs[0] if len(refs) == 1 else self.row("and", *refs)

    def negation(self, ref):
        row = self.rows[ref]
        if row[0] in ("true", "false"):
            return self.truth(row[0] == "false")
        return row[1] if row[0] == "not" else self.row("not", ref)


class Value:
    """What an expression is worth: a term, whether it is a truth value, and when it is defined."""

    def __init__(self, ref, truth, defined):
        self.ref = ref
        self.truth = truth
        self.defined = defined


ARITHMETIC = {ast.Add: "add", ast.Sub: "sub", ast.Mult: "mul", ast.FloorDiv: "floordiv", ast.Mod: "mod"}
COMPARISONS = {ast.Eq: "eq", ast.NotEq: "eq", ast.Lt: "lt", ast.GtE: "lt", ast.LtE: "le", ast.Gt: "le"}
TURNED = (ast.NotEq, ast.GtE, ast.Gt)


class Expressions:
    """Expressions as terms. `defined` holds what must be true for the value to be there; else an exception is raised."""

    def __init__(self, terms, known):
        self.terms = terms
        # Names that have a value here on every way; all of them hold integers.
        self.known = known

    def int(self, node):
        value = self.value(node)
        if value.truth:
            return Value(self.terms.row("int", value.ref), False, value.defined)
        return value

    def condition(self, node):
        value = self.junction(node, self.condition) if isinstance(node, ast.BoolOp) else self.value(node)
        if value.truth:
            return value
        zero = self.terms.row("eq", value.ref, self.terms.int(0))
        return Value(self.terms.negation(zero), True, value.defined)

    def value(self, node):
        method = getattr(self, type(node).__name__, None)
        if method is None:
            raise Unsupported(type(node).__name__, node)
        return method(node)

    def Constant(self, node):
        if type(node.value) is bool:
            return Value(self.terms.truth(node.value), True, [])
        if type(node.value) is int and abs(node.value) < 1 << 4096:
            return Value(self.terms.int(node.value), False, [])
        raise Unsupported("a value of type %s" % type(node.value).__name__, node)

    def Name(self, node):
        if node.id not in self.known:
            raise Unsupported("the name %s" % node.id, node)
        return Value(self.terms.row("var", node.id), False, [])

    def UnaryOp(self, node):
        if isinstance(node.op, ast.Not):
            value = self.condition(node.operand)
            return Value(self.terms.negation(value.ref), True, value.defined)
        value = self.int(node.operand)
        if isinstance(node.op, ast.USub):
            return Value(self.terms.row("neg", value.ref), False, value.defined)
        if isinstance(node.op, ast.Invert):
            inverted = self.terms.row("sub", self.terms.row("neg", value.ref), self.terms.int(1))
            return Value(inverted, False, value.defined)
        return value

    def BinOp(self, node):
        left, right = self.int(node.left), self.int(node.right)
        defined = left.defined + right.defined
        kind = type(node.op)
        if kind in ARITHMETIC:
            if kind in (ast.FloorDiv, ast.Mod):
                zero = self.terms.row("eq", right.ref, self.terms.int(0))
                defined = defined + [self.terms.negation(zero)]
            return Value(self.terms.row(ARITHMETIC[kind], left.ref, right.ref), False, defined)
        if kind is ast.BitAnd:
            return Value(self.terms.row("bitand", left.ref, right.ref), False, defined)
        if kind in (ast.BitOr, ast.BitXor):
            both = self.terms.row("bitand", left.ref, right.ref)
            if kind is ast.BitXor:
                both = self.terms.row("add", both, both)
            return Value(self.terms.row("sub", self.terms.row("add", left.ref, right.ref), both), False, defined)
        return Value(self.by_constant(node, kind, left.ref), False, defined)

    def by_constant(self, node, kind, left):
        """Shifts and powers by a constant."""
        number = node.right.value if isinstance(node.right, ast.Constant) else None
        if type(number) is not int or not 0 <= number <= MAX_SHIFT:
            raise Unsupported(kind.__name__ + " by an unknown", node)
        if kind is ast.LShift:
            return self.terms.row("mul", left, self.terms.int(1 << number))
        if kind is ast.RShift:
            return self.terms.row("floordiv", left, self.terms.int(1 << number))
        if kind is ast.Pow and number <= 4:
            power = self.terms.int(1)
            for _ in range(number):
                power = self.terms.row("mul", power, left)
            return power
        raise Unsupported(kind.__name__, node)

    def Compare(self, node):
        sides = [self.int(side) for side in [node.left] + node.comparators]
        if len(sides) > 2 and any(side.defined for side in sides[2:]):
            raise Unsupported("a chain of comparisons that may raise an exception", node)
        parts = []
        for op, left, right in zip(node.ops, sides, sides[1:]):
            kind = type(op)
            if kind not in COMPARISONS:
                raise Unsupported(kind.__name__, node)
            part = self.terms.row(COMPARISONS[kind], left.ref, right.ref)
            parts.append(self.terms.negation(part) if kind in TURNED else part)
        return Value(self.terms.all(parts), True, [term for side in sides for term in side.defined])

    def BoolOp(self, node):
        return self.junction(node, self.value)

    def junction(self, node, read):
        values = [read(side) for side in node.values]
        if not all(value.truth for value in values):
            raise Unsupported("and, or of integers", node)
        if any(value.defined for value in values[1:]):
            raise Unsupported("and, or with a part that may raise an exception", node)
        operator = "and" if isinstance(node.op, ast.And) else "or"
        ref = self.terms.row(operator, *[value.ref for value in values])
        return Value(ref, True, values[0].defined)

    def IfExp(self, node):
        condition = self.condition(node.test)
        then, otherwise = self.int(node.body), self.int(node.orelse)
        if then.defined or otherwise.defined:
            raise Unsupported("a conditional expression that may raise an exception", node)
        return Value(self.terms.row("ite", condition.ref, then.ref, otherwise.ref), False, condition.defined)

    def Call(self, node):
        name = node.func.id if isinstance(node.func, ast.Name) else None
        if name not in ("abs", "min", "max", "int") or node.keywords or not node.args:
            raise Unsupported("a call", node)
        values = [self.int(argument) for argument in node.args]
        defined = [term for value in values for term in value.defined]
        if len(values) == 1 and name in ("abs", "int"):
            (value,) = values
            if name == "int":
                return value
            below = self.terms.row("lt", value.ref, self.terms.int(0))
            return Value(self.terms.row("ite", below, self.terms.row("neg", value.ref), value.ref), False, defined)
        if len(values) < 2 or name in ("abs", "int"):
            raise Unsupported("a call of %s" % name, node)
        best = values[0].ref
        for value in values[1:]:
            pair = (value.ref, best) if name == "min" else (best, value.ref)
            best = self.terms.row("ite", self.terms.row("lt", *pair), value.ref, best)
        return Value(best, False, defined)
