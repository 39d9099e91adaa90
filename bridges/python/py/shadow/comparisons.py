"""Comparisons of boxes, as CPython has them."""

import math
import operator

from .arithmetic import is_number, is_text
from .boxes import BOXES

NATIVE = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_MIRRORED = {"==": "==", "!=": "!=", "<": ">", "<=": ">=", ">": "<", ">=": "<="}


class Comparisons:
    """The part of the machine that compares."""

    def comparison(self, name, a, b):
        """`a name b` where one of them is a box. NotImplemented where a class of the program has to say."""
        if is_number(a) and is_number(b):
            return self.boolean(NATIVE[name](self.bare(a), self.bare(b)), self._of_numbers(name, a, b))
        if is_text(a) and is_text(b):
            return self.boolean(NATIVE[name](self.text_of(a), self.text_of(b)), self._of_texts(name, a, b))
        if is_number(a) and type(b) is float:
            return self._with_float(name, a, b)
        if is_number(b) and type(a) is float:
            return self._with_float(_MIRRORED[name], b, a)
        if self.is_own_type(type(a)) or self.is_own_type(type(b)):
            return NotImplemented
        try:
            value = NATIVE[name](self.bare(a), self.bare(b))
        except TypeError:
            # Python says which of the two came first.
            return NotImplemented
        if type(a) in BOXES and type(b) in BOXES or not self.differs_by_type(a, b):
            self.concretise("%s %s %s" % (type(self.bare(a)).__name__, name, type(self.bare(b)).__name__))
        return value

    def _of_numbers(self, name, a, b):
        terms = self.terms
        if name in ("==", "!="):
            if type(self.bare(a)) is bool and type(self.bare(b)) is bool:
                same = terms.eq(self.bool_term_of(a), self.bool_term_of(b))
            else:
                same = terms.eq(self.term_of(a), self.term_of(b))
            return same if name == "==" else terms.negation(same)
        a, b = self.term_of(a), self.term_of(b)
        if name == "<":
            return terms.lt(a, b)
        if name == "<=":
            return terms.le(a, b)
        return terms.lt(b, a) if name == ">" else terms.le(b, a)

    def _with_float(self, name, number, limit):
        """A number against a plain float, exactly: between two integers lies no integer."""
        value = NATIVE[name](self.bare(number), limit)
        if math.isnan(limit) or math.isinf(limit):
            return value
        if name in ("==", "!="):
            if limit != math.floor(limit):
                return value
            return self.comparison(name, number, int(limit))
        bound = math.ceil(limit) if name in ("<", ">=") else math.floor(limit)
        return self.comparison(name, number, bound)

    def _of_texts(self, name, a, b):
        terms = self.terms
        left, right = self.char_terms(a), self.char_terms(b)
        if name in ("==", "!="):
            same = self.same_chars(left, right)
            return same if name == "==" else terms.negation(same)
        if name in (">", ">="):
            left, right = right, left
        return self._ordered(left, right, or_equal=name in ("<=", ">="))

    def same_chars(self, left, right):
        """Term: two texts are equal, given as terms of their code points."""
        if len(left) != len(right):
            return self.terms.false
        terms = self.terms
        equal = []
        for one, other in zip(left, right):
            term = terms.eq(one, other)
            if term == terms.false:
                return term
            equal.append(term)
        return terms.all_of(equal)

    def _ordered(self, left, right, or_equal):
        """Term: the first text comes before the second, by code points."""
        terms = self.terms
        shorter = len(left) < len(right) or or_equal and len(left) == len(right)
        result = terms.constant(shorter)
        for one, other in reversed(list(zip(left, right))):
            result = terms.any_of((terms.lt(one, other), terms.all_of((terms.eq(one, other), result))))
        return result

    def equal_term(self, a, b):
        """Term of `a == b` for keys and elements: numbers, texts, floats, None and tuples of them; None where unknown."""
        terms = self.terms
        if is_number(a) and is_number(b):
            return self._of_numbers("==", a, b)
        if is_text(a) and is_text(b):
            return self._of_texts("==", a, b)
        if type(a) is tuple and type(b) is tuple:
            if len(a) != len(b):
                return terms.false
            parts = [self.equal_term(one, other) for one, other in zip(a, b)]
            return None if None in parts else terms.all_of(parts)
        for one, other in ((a, b), (b, a)):
            if is_number(one) and type(other) is float:
                result = self._with_float("==", one, other) if type(one) in BOXES else one == other
                return self.bool_term_of(result)
        if self.differs_by_type(a, b):
            return terms.false
        if not self.has_terms(a) and not self.has_terms(b) and not self.is_own_type(type(a)):
            return terms.constant(bool(a == b))
        return None

    def differs_by_type(self, a, b):
        """Whether two values of built-in types are unequal whatever they hold."""
        kinds = [_KINDS.get(type(self.bare(value))) for value in (a, b)]
        return None not in kinds and kinds[0] != kinds[1]


# Values of two kinds are never equal.
_KINDS = {
    int: "number",
    bool: "number",
    float: "number",
    str: "text",
    bytes: "bytes",
    list: "list",
    tuple: "tuple",
    dict: "dict",
    set: "set",
    frozenset: "set",
    type(None): "none",
    range: "range",
}
