"""The table of terms: each a row that names earlier rows, made once, with its value on the inputs of the run at hand.

Rows are those of `core/term.ts`. Nothing here recurses, so a term may be as deep as it likes.
"""

from .halt import Halted

MAX_ROWS = 200_000


def _all(*values):
    return all(values)


def _any(*values):
    return any(values)


def _sum(*values):
    return sum(values)


EVALUATE = {
    "neg": lambda a: -a,
    "add": _sum,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "floordiv": lambda a, b: a // b,
    "mod": lambda a, b: a % b,
    "bitand": lambda a, b: a & b,
    "ite": lambda c, a, b: a if c else b,
    "eq": lambda a, b: a == b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "not": lambda a: not a,
    "and": _all,
    "or": _any,
    "int": int,
}


class Terms:
    """Builds terms. A term is its row number; `values[term]` is what it is on the inputs: an int or a bool."""

    def __init__(self):
        self.rows = []
        self.values = []
        self._known = {}
        self._constants = []
        self.true = self._row(("true",), True, True)
        self.false = self._row(("false",), False, True)

    def _row(self, row, value, constant):
        found = self._known.get(row)
        if found is not None:
            return found
        if len(self.rows) >= MAX_ROWS:
            raise Halted("budget", "the run makes more than %d terms" % MAX_ROWS)
        place = len(self.rows)
        self.rows.append(row)
        self.values.append(value)
        self._constants.append(constant)
        self._known[row] = place
        return place

    def variable(self, name, value):
        """The variable of this name; asked for once, with its value."""
        return self._row(("var", name), value, False)

    def constant(self, value):
        """The int or bool as a term."""
        if value is True:
            return self.true
        if value is False:
            return self.false
        return self._row(("const", value), value, True)

    def is_constant(self, term):
        return self._constants[term]

    def _apply(self, operator, *operands):
        values = self.values
        constants = self._constants
        value = EVALUATE[operator](*[values[operand] for operand in operands])
        for operand in operands:
            if not constants[operand]:
                return self._row((operator, *operands), value, False)
        return self.constant(value)

    def neg(self, a):
        row = self.rows[a]
        return row[1] if row[0] == "neg" else self._apply("neg", a)

    def add(self, a, b):
        if self.rows[a] == ("const", 0):
            return b
        if self.rows[b] == ("const", 0):
            return a
        return self._apply("add", a, b)

    def sub(self, a, b):
        if self.rows[b] == ("const", 0):
            return a
        return self._apply("sub", a, b)

    def mul(self, a, b):
        if self.rows[a] == ("const", 1):
            return b
        if self.rows[b] == ("const", 1):
            return a
        return self._apply("mul", a, b)

    def floordiv(self, a, b):
        """Towards minus infinity; the caller knows that `b` is not 0."""
        return a if self.rows[b] == ("const", 1) else self._apply("floordiv", a, b)

    def mod(self, a, b):
        """With the sign of `b`; the caller knows that `b` is not 0."""
        return self._apply("mod", a, b)

    def bitand(self, a, b):
        return self._apply("bitand", a, b)

    def ite(self, condition, a, b):
        if a == b or condition == self.true:
            return a
        if condition == self.false:
            return b
        return self._apply("ite", condition, a, b)

    def eq(self, a, b):
        """Of two terms of one sort."""
        if a == b:
            return self.true
        for one, other in ((a, b), (b, a)):
            if one == self.true:
                return other
            if one == self.false:
                return self.negation(other)
            if self.rows[one][0] == "const" and self.rows[other][0] == "int":
                # A bool as a number is 0 or 1 and nothing else.
                inner = self.rows[other][1]
                number = self.rows[one][1]
                return inner if number == 1 else self.negation(inner) if number == 0 else self.false
        return self._apply("eq", *sorted((a, b)))

    def lt(self, a, b):
        return self.false if a == b else self._apply("lt", a, b)

    def le(self, a, b):
        return self.true if a == b else self._apply("le", a, b)

    def negation(self, a):
        row = self.rows[a]
        return row[1] if row[0] == "not" else self._apply("not", a)

    def _many(self, operator, operands, neutral, absorbing):
        kept = []
        seen = set()
        for operand in operands:
            if operand == absorbing:
                return absorbing
            if operand != neutral and operand not in seen:
                seen.add(operand)
                kept.append(operand)
        if not kept:
            return neutral
        return kept[0] if len(kept) == 1 else self._apply(operator, *kept)

    def all_of(self, operands):
        return self._many("and", operands, self.true, self.false)

    def any_of(self, operands):
        return self._many("or", operands, self.false, self.true)

    def integer(self, a):
        """A bool as 0 or 1."""
        return self._apply("int", a)

    def between(self, low, a, high):
        """`low <= a < high` for plain numbers `low` and `high`."""
        return self.all_of((self.le(self.constant(low), a), self.lt(a, self.constant(high))))
