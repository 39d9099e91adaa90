"""Operators on boxes: `+ - * // % / ** << >> & | ^`, signs and `abs`, as CPython has them."""

import operator
import sys

from .boxes import BOXES, NUMBERS, Bool, Int, Str

NATIVE = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "//": operator.floordiv,
    "%": operator.mod,
    "/": operator.truediv,
    "**": operator.pow,
    "<<": operator.lshift,
    ">>": operator.rshift,
    "&": operator.and_,
    "|": operator.or_,
    "^": operator.xor,
    "@": operator.matmul,
}
_PLAIN_NUMBERS = frozenset((int, bool))
_TEXTS = frozenset((str, Str))
# Greater numbers keep no terms: no solver is asked about them.
MAX_BITS = 4096
MAX_POWER = 8
# What `&` of two unknowns is looked at within.
MASK_BITS = 64


def is_number(value):
    kind = type(value)
    return kind in NUMBERS or kind in _PLAIN_NUMBERS


def is_text(value):
    return type(value) in _TEXTS


class Arithmetic:
    """The part of the machine that computes."""

    def integer(self, value, term):
        """An int with its term, checked against each other; a plain int where it is the same for all inputs."""
        terms = self.terms
        if terms.values[term] != value or type(terms.values[term]) is not int:
            self.disagree(value, term)
        if terms.is_constant(term):
            return value
        if value.bit_length() > MAX_BITS:
            self.concretise("an integer of more than %d bits" % MAX_BITS)
            return value
        return Int(value, term)

    def boolean(self, value, term):
        """The same for a bool."""
        if self.terms.values[term] is not value:
            self.disagree(value, term)
        return value if self.terms.is_constant(term) else Bool(value, term)

    def term_of(self, number):
        """Term of sort int of a number, plain or not; True is 1."""
        kind = type(number)
        if kind is Int:
            return number.box_term
        if kind is Bool:
            return self.terms.integer(number.box_term)
        return self.terms.constant(int(number))

    def bool_term_of(self, flag):
        """Term of sort bool of a bool, plain or not."""
        return flag.box_term if type(flag) is Bool else self.terms.constant(flag)

    def arithmetic(self, name, a, b):
        """`a name b` where one of them is a box. NotImplemented where a class of the program has to say."""
        if is_number(a) and is_number(b):
            return _INTEGER[name](self, a, b)
        if name == "+" and is_text(a) and is_text(b):
            return self.string(self.text_of(a) + self.text_of(b), self.chars_of(a) + self.chars_of(b))
        if name == "*":
            for sequence, count in ((a, b), (b, a)):
                if is_number(count) and (is_text(sequence) or type(sequence) in (list, tuple)):
                    return self.repeated(sequence, count)
        if name == "%" and is_text(a):
            return self.percent(a, b)
        if self.is_own_type(type(a)) or self.is_own_type(type(b)):
            return NotImplemented
        plain_a, plain_b = self.bare(a), self.bare(b)
        # Where the types do not fit it raises, whatever the values.
        result = NATIVE[name](plain_a, plain_b)
        self.concretise("%s %s %s" % (type(plain_a).__name__, name, type(plain_b).__name__))
        return result

    def repeated(self, sequence, count):
        terms = self.terms
        number = self.term_of(count)
        value = int(self.bare(count))
        if -sys.maxsize - 1 <= value <= 0:
            self.decide(terms.between(-sys.maxsize - 1, number, 1), "%s <= 0")
            times = 0
        else:
            times = self.pin(count)
        if type(sequence) is Str:
            return self.string(sequence.box_value * times, sequence.box_chars * times)
        return sequence * times

    def not_zero(self, b):
        """The decision that a divisor is not 0."""
        self.decide(self.terms.negation(self.terms.eq(self.term_of(b), self.terms.constant(0))), "%s != 0", "right")

    def negative(self, a):
        return self.integer(-a.box_value, self.terms.neg(self.term_of(a)))

    def positive(self, a):
        return self.integer(int(a.box_value), self.term_of(a))

    def inverted(self, a):
        terms = self.terms
        return self.integer(-int(a.box_value) - 1, terms.sub(terms.neg(self.term_of(a)), terms.constant(1)))

    def absolute(self, a):
        terms = self.terms
        term = self.term_of(a)
        is_negative = terms.lt(term, terms.constant(0))
        return self.integer(abs(a.box_value), terms.ite(is_negative, terms.neg(term), term))


def _total(name, make):
    native = NATIVE[name]

    def operate(machine, a, b):
        value = native(machine.bare(a), machine.bare(b))
        return machine.integer(value, make(machine.terms, machine.term_of(a), machine.term_of(b)))

    return operate


def _division(name, make):
    native = NATIVE[name]

    def operate(machine, a, b):
        machine.not_zero(b)
        value = native(machine.bare(a), machine.bare(b))
        return machine.integer(value, make(machine.terms, machine.term_of(a), machine.term_of(b)))

    return operate


def _true_division(machine, a, b):
    machine.not_zero(b)
    value = machine.bare(a) / machine.bare(b)
    machine.concretise("int / int")
    return value


def _power(machine, a, b):
    terms = machine.terms
    exponent = machine.pin(b)
    base = machine.bare(a)
    if exponent < 0:
        if type(a) in BOXES:
            machine.decide(terms.negation(terms.eq(machine.term_of(a), terms.constant(0))), "%s != 0", "left")
        value = base**exponent
        machine.concretise("int ** negative")
        return value
    if type(a) not in BOXES:
        return base**exponent
    if exponent > MAX_POWER:
        value = base**exponent
        machine.concretise("int ** greater than %d" % MAX_POWER)
        return value
    term = terms.constant(1)
    for _ in range(exponent):
        term = terms.mul(term, machine.term_of(a))
    return machine.integer(int(base) ** int(exponent), term)


def _shift(name):
    native = NATIVE[name]

    def operate(machine, a, b):
        terms = machine.terms
        plain = machine.bare(b)
        if type(b) in BOXES:
            machine.decide(terms.le(terms.constant(0), machine.term_of(b)), "%s >= 0", "right")
        if plain < 0:
            return native(machine.bare(a), plain)
        plain = machine.pin(b)
        if plain > MAX_BITS:
            value = native(machine.bare(a), plain)
            machine.concretise("int %s greater than %d" % (name, MAX_BITS))
            return value
        factor = terms.constant(1 << plain)
        make = terms.mul if name == "<<" else terms.floordiv
        return machine.integer(native(machine.bare(a), plain), make(machine.term_of(a), factor))

    return operate


def _runs_of_ones(mask):
    """`(first bit, bits)` of each run of ones in a mask that is not negative."""
    runs = []
    bit = 0
    while mask >> bit:
        if mask >> bit & 1:
            first = bit
            while mask >> bit & 1:
                bit += 1
            runs.append((first, bit - first))
        else:
            bit += 1
    return runs


def _masked(machine, term, mask):
    """`term & mask` for a plain mask, by division: exact for all integers in two's complement."""
    terms = machine.terms
    if mask < 0:
        return terms.sub(term, _masked(machine, term, ~mask))
    total = terms.constant(0)
    for first, bits in _runs_of_ones(mask):
        low = terms.floordiv(term, terms.constant(1 << first))
        part = terms.mod(low, terms.constant(1 << bits))
        total = terms.add(total, terms.mul(part, terms.constant(1 << first)))
    return total


def _conjunction(machine, a, b):
    """Term of `a & b` for integers."""
    terms = machine.terms
    for mask, other in ((a, b), (b, a)):
        if type(mask) not in BOXES:
            return _masked(machine, machine.term_of(other), int(mask))
    bound = 1 << MASK_BITS
    for operand in (a, b):
        if not -bound < machine.bare(operand) < bound:
            return None
        within = terms.between(1 - bound, machine.term_of(operand), bound)
        machine.restrict(within, "|x| < 2**%d" % MASK_BITS)
    return terms.bitand(machine.term_of(a), machine.term_of(b))


_OF_BOOLS = {
    "&": lambda terms, a, b: terms.all_of((a, b)),
    "|": lambda terms, a, b: terms.any_of((a, b)),
    "^": lambda terms, a, b: terms.negation(terms.eq(a, b)),
}
_OF_INTEGERS = {
    "&": lambda terms, a, b, both: both,
    "|": lambda terms, a, b, both: terms.sub(terms.add(a, b), both),
    "^": lambda terms, a, b, both: terms.sub(terms.add(a, b), terms.mul(terms.constant(2), both)),
}


def _bitwise(name):
    native = NATIVE[name]

    def operate(machine, a, b):
        terms = machine.terms
        value = native(machine.bare(a), machine.bare(b))
        if type(value) is bool:
            return machine.boolean(value, _OF_BOOLS[name](terms, machine.bool_term_of(a), machine.bool_term_of(b)))
        both = _conjunction(machine, a, b)
        if both is None:
            machine.concretise("int %s int beyond %d bits" % (name, MASK_BITS))
            return value
        return machine.integer(value, _OF_INTEGERS[name](terms, machine.term_of(a), machine.term_of(b), both))

    return operate


def _never(machine, a, b):
    return machine.bare(a) @ machine.bare(b)


_INTEGER = {
    "+": _total("+", lambda terms, a, b: terms.add(a, b)),
    "-": _total("-", lambda terms, a, b: terms.sub(a, b)),
    "*": _total("*", lambda terms, a, b: terms.mul(a, b)),
    "//": _division("//", lambda terms, a, b: terms.floordiv(a, b)),
    "%": _division("%", lambda terms, a, b: terms.mod(a, b)),
    "/": _true_division,
    "**": _power,
    "<<": _shift("<<"),
    ">>": _shift(">>"),
    "&": _bitwise("&"),
    "|": _bitwise("|"),
    "^": _bitwise("^"),
    "@": _never,
}
