"""Texts as code points, each with a term or without; `str` and `repr`."""

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
        sign, body = self.digits_of(number, 10)
        return self.joined([sign, body])

    def digits_of(self, number, base, upper=False):
        """`(sign, digits)` of an int in a base of up to 16, without a prefix."""
        value = self.bare(number)
        form = {2: "b", 8: "o", 10: "d", 16: "X" if upper else "x"}[base]
        plain = format(abs(value), form)
        if type(number) is not Int:
            return "-" * (value < 0), plain
        terms = self.terms
        term = number.box_term
        if self.decide(terms.lt(term, terms.constant(0)), "%s < 0"):
            term = terms.neg(term)
        count = len(plain)
        least = base ** (count - 1) if count > 1 else 0
        base_text = "" if base == 10 else " in base %d" % base
        self.decide(terms.between(least, term, base**count), "%%s has %d digits%s" % (count, base_text))
        chars = []
        for place in range(count - 1, -1, -1):
            digit = terms.mod(terms.floordiv(term, terms.constant(base**place)), terms.constant(base))
            char = terms.add(digit, terms.constant(_ZERO))
            if base > 10:
                letter = terms.add(digit, terms.constant(ord("A" if upper else "a") - 10))
                char = terms.ite(terms.lt(digit, terms.constant(10)), char, letter)
            chars.append(char)
        return "-" * (value < 0), self.string(plain, chars)

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
        """Printable ASCII stands in a repr as it is. Quotes, backslashes and all else are decided to be what they are."""
        terms = self.terms
        value = text.box_value
        shown = repr(value)
        quote = shown[0]
        simple = []
        written, chars = [quote], [None]
        for char, term in zip(value, text.box_chars):
            if term is not None and " " <= char <= "~" and char not in _SPECIAL:
                special = [terms.negation(terms.eq(term, terms.constant(ord(one)))) for one in _SPECIAL]
                simple += [terms.between(32, term, 127), *special]
                written.append(char)
                chars.append(term)
                continue
            if term is not None:
                self.decide(terms.eq(term, terms.constant(ord(char))), "%%s has %s" % ascii(char).replace("%", "%%"))
            escaped = "\\" * (char == quote) + char if char in "'\"" else repr(char)[1:-1]
            written.append(escaped)
            chars += [None] * len(escaped)
        self.decide(terms.all_of(simple), "%s has nothing to escape")
        written.append(quote)
        chars.append(None)
        if "".join(written) != shown:
            self.halt("engine", "the repr of a text is %s, not %s" % (shown, "".join(written)))
        return [self.string(shown, chars)]

    def joined(self, parts):
        """Texts one after the other."""
        value = "".join([self.text_of(part) for part in parts])
        if len(value) == 0 or all(type(part) is str for part in parts):
            return value
        return self.string(value, [term for part in parts for term in self.chars_of(part)])


# What a repr writes in another way, or chooses its quotes by.
_SPECIAL = "'\"\\"
_BRACKETS = {list: ("[", "]"), tuple: ("(", ")")}
