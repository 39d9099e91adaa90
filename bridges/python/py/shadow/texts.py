"""Texts as code points, each with a term or without."""

from .boxes import Bool, Int, Str

_ZERO = ord("0")


class Texts:
    """The part of the machine that makes and reads texts."""

    def string(self, value, chars):
        """A text with the terms of its code points, checked against each other; plain where none has one."""
        terms = self.terms
        kept = None
        for position, term in enumerate(chars):
            if term is None:
                continue
            if terms.values[term] != ord(value[position]):
                self.disagree(value[position], term)
            if terms.is_constant(term):
                kept = kept or list(chars)
                kept[position] = None
        chars = tuple(chars if kept is None else kept)
        if len(chars) != len(value):
            self.halt("engine", "a text of %d characters has %d terms" % (len(value), len(chars)))
        return value if not any(term is not None for term in chars) else Str(value, chars)

    def text_of(self, text):
        return text.box_value if type(text) is Str else text

    def chars_of(self, text):
        """A term or None for each code point."""
        return text.box_chars if type(text) is Str else (None,) * len(text)

    def char_terms(self, text):
        """A term for each code point; constant where it has none."""
        terms = self.terms
        if type(text) is not Str:
            return [terms.constant(ord(char)) for char in text]
        return [
            terms.constant(ord(char)) if term is None else term for char, term in zip(text.box_value, text.box_chars)
        ]

    def characters(self, text):
        """The code points as texts."""
        return [self.string(char, (term,)) for char, term in zip(text.box_value, text.box_chars)]

    def digits(self, number):
        """`str` of a number: sign and number of digits are decided, each digit is a term."""
        if type(number) is Bool:
            return "True" if self.truth(number) else "False"
        if type(number) is not Int:
            return str(number)
        terms = self.terms
        value, term = number.box_value, number.box_term
        sign = ""
        if self.decide(terms.lt(term, terms.constant(0)), "%s < 0"):
            sign = "-"
            term = terms.neg(term)
        count = len(str(abs(value)))
        least = 10 ** (count - 1) if count > 1 else 0
        self.decide(terms.between(least, term, 10**count), "%%s has %d digits" % count)
        chars = [None] * len(sign)
        for place in range(count - 1, -1, -1):
            digit = terms.mod(terms.floordiv(term, terms.constant(10**place)), terms.constant(10))
            chars.append(terms.add(digit, terms.constant(_ZERO)))
        return self.string(str(value), chars)

    def to_text(self, value):
        """`str(value)`."""
        kind = type(value)
        if kind is Str or kind is str:
            return value
        if kind is Int or kind is Bool:
            return self.digits(value)
        if isinstance(value, BaseException) and len(value.args) == 1 and type(value).__str__ is BaseException.__str__:
            return self.to_text(value.args[0])
        if not self.has_terms(value):
            return str(value)
        return self.joined(self.repr_parts(value))

    def to_repr(self, value):
        """`repr(value)`."""
        return self.joined(self.repr_parts(value))

    def repr_parts(self, value):
        kind = type(value)
        if kind is Int or kind is Bool:
            return [self.digits(value)]
        if kind is Str:
            return self._quoted(value)
        if kind in _BRACKETS and self.has_terms(value):
            opening, closing = _BRACKETS[kind]
            parts = [opening]
            for position, element in enumerate(value):
                parts += [", "] * (position > 0) + self.repr_parts(element)
            return [*parts, ",)" if kind is tuple and len(value) == 1 else closing]
        if kind is dict and self.has_terms(value):
            parts = ["{"]
            for position, (key, element) in enumerate(value.items()):
                parts += [", "] * (position > 0) + [*self.repr_parts(key), ": ", *self.repr_parts(element)]
            return [*parts, "}"]
        return [repr(self.plain(value, "repr"))]

    def _quoted(self, text):
        """Where all of it is printable ASCII without quotes and backslashes, it stands between quotes as it is."""
        terms = self.terms
        simple = []
        for term in text.box_chars:
            if term is not None:
                codes = [terms.negation(terms.eq(term, terms.constant(ord(char)))) for char in "'\"\\"]
                simple += [terms.between(32, term, 127), *codes]
        if self.decide(terms.all_of(simple), "%s has nothing to escape") and repr(text.box_value)[1:-1] == text.box_value:
            quote = repr(text.box_value)[0]
            return [quote, text, quote]
        return [repr(self.drop(text, "repr of a text with escapes"))]

    def joined(self, parts):
        """Texts one after the other."""
        value = "".join([self.text_of(part) for part in parts])
        if len(value) == 0 or all(type(part) is str for part in parts):
            return value
        return self.string(value, [term for part in parts for term in self.chars_of(part)])

    def formatted(self, value, conversion, spec, site):
        """A replacement field of an f-string. conversion: -1 or the code of `s`, `r`, `a`."""
        self.site = site
        if conversion == ord("s"):
            value = self.to_text(value)
        elif conversion == ord("r"):
            value = self.to_repr(value)
        elif conversion == ord("a"):
            value = ascii(self.plain(value, "ascii"))
        spec = self.plain(spec, "format")
        if spec == "" and type(value) in (Str, Int, Bool):
            return self.to_text(value)
        if type(value) in (Str, Int, Bool):
            return format(self.drop(value, "format"), spec)
        if spec == "" and (type(value) in _PLAINLY_FORMATTED or isinstance(value, BaseException)):
            return self.to_text(value)
        return format(value, spec)

    def join_fields(self, *parts):
        """An f-string from its parts."""
        return self.joined(parts)

    def percent(self, form, value):
        """`form % value`."""
        result = self.text_of(form) % self.plain(value, "str %")
        self.plain(form, "str %")
        return result


_BRACKETS = {list: ("[", "]"), tuple: ("(", ")")}
_PLAINLY_FORMATTED = frozenset((list, tuple, dict))
