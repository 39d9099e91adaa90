"""Texts made of values by a format: f-strings, `format`, `str.format` and `%`."""

import itertools
import re
from string import Formatter

from .blame import is_simple
from .boxes import BOXES, Bool, Int, Str
from .screen import is_attribute_refused

_SPEC = re.compile(r"(?:(.)?([<>=^]))?([-+ ]?)(#?)(0?)(\d*)([,_]?)(?:\.(\d+))?([a-zA-Z%]?)", re.DOTALL)
_DIRECTIVE = re.compile(r"%(?:\(([^()]*)\))?([-#0 +]*)(\d*)(?:\.(\d*))?([a-zA-Z%])")
_PLAINLY_FORMATTED = frozenset((list, tuple, dict))
_BASES = {"": 10, "d": 10, "i": 10, "u": 10, "b": 2, "o": 8, "x": 16, "X": 16}
_TEXTS = frozenset((str, Str))
_NUMBERS = frozenset((int, bool, Int, Bool))
_NAME = re.compile(r"[^.\[]*")


class Layout:
    """How one value is laid out: the parts of a format specification."""

    __slots__ = ("align", "alternate", "base", "fill", "grouping", "precision", "sign", "upper", "width")

    def __init__(self, fill, align, sign, alternate, width, grouping, precision, kind):
        self.fill = fill
        self.align = align
        self.sign = sign
        self.alternate = alternate
        self.width = width
        self.grouping = grouping
        self.precision = precision
        self.base = _BASES.get(kind)
        self.upper = kind == "X"


def _layout(spec, is_number):
    """The layout that a specification asks for; None where there is no rule for it."""
    found = _SPEC.fullmatch(spec)
    if found is None:
        return None
    fill, align, sign, alternate, zero, width, grouping, precision, kind = found.groups()
    if kind not in (_BASES if is_number else ("", "s")) or kind in ("i", "u"):
        return None
    if zero and fill is None:
        fill = "0"
        align = align or ("=" if is_number else None)
    align = align or (">" if is_number else "<")
    if is_number and (precision is not None or grouping and align == "=" and fill == "0"):
        return None
    return Layout(fill or " ", align, sign, alternate, int(width or 0), grouping, precision, kind)


class Formats:
    """The part of the machine that formats."""

    def formatted(self, value, conversion, spec, site):
        """A replacement field of an f-string. conversion: -1 or the code of `s`, `r`, `a`."""
        self.site = site
        return self.field(value, "" if conversion == -1 else chr(conversion), spec)

    def field(self, value, conversion, spec):
        """A value after a conversion (`s`, `r`, `a` or nothing), by a specification."""
        if conversion == "s":
            value = self.to_text(value)
        elif conversion == "r":
            value = self.to_repr(value)
        elif conversion == "a":
            value = ascii(self.plain(value, "ascii"))
        spec = self.pin_text(spec)
        if spec == "" and type(value) in (Str, Int, Bool):
            return self.to_text(value)
        if type(value) in (Str, Int, Bool):
            return self._by_spec(value, spec)
        if spec == "" and (type(value) in _PLAINLY_FORMATTED or isinstance(value, BaseException)):
            return self.to_text(value)
        return format(value, spec)

    def pin_text(self, text):
        """A text without terms: the path says that it is this one."""
        if type(text) is not Str:
            return text
        terms = self.terms
        equal = [
            terms.eq(term, terms.constant(ord(char))) for char, term in zip(text.box_value, text.box_chars) if term is not None
        ]
        self.decide(terms.all_of(equal), "%%s uses %r" % text.box_value.replace("%", "%%"))
        return text.box_value

    def _by_spec(self, value, spec):
        plain = format(self.bare(value), spec)
        layout = _layout(spec, type(value) is not Str)
        if layout is None:
            self.concretise("format %s" % spec)
            return plain
        parts = self._laid_out(value, layout)
        return self.agreed_text(parts, plain)

    def agreed_text(self, parts, plain):
        """Parts of a text one after the other, which have to be what Python made of them."""
        result = self.joined(parts)
        if self.text_of(result) != plain:
            self.halt("engine", "a text was formatted as %r, not %r" % (self.text_of(result), plain))
        return result

    def _laid_out(self, value, layout):
        if type(value) in _TEXTS:
            kept = None if layout.precision is None else int(layout.precision)
            sign, body = "", self.item(value, slice(0, kept))
        else:
            sign, body = self._number_parts(value, layout)
        missing = layout.width - len(sign) - len(body)
        if missing <= 0:
            return [sign, body]
        if layout.align == "<":
            return [sign, body, layout.fill * missing]
        if layout.align == "^":
            return [layout.fill * (missing // 2), sign, body, layout.fill * (missing - missing // 2)]
        if layout.align == "=":
            return [sign, layout.fill * missing, body]
        return [layout.fill * missing, sign, body]

    def _number_parts(self, value, layout):
        """Sign (with the prefix of the base) and digits of a number."""
        number = self.positive(value) if type(value) in BOXES else int(value)
        sign, body = self.digits_of(number, layout.base, layout.upper)
        if layout.grouping:
            body = self._grouped(body, layout.grouping, 3 if layout.base == 10 else 4)
        prefix = {2: "0b", 8: "0o", 16: "0X" if layout.upper else "0x"}.get(layout.base, "") if layout.alternate else ""
        return (sign or layout.sign.replace("-", "")) + prefix, body

    def _grouped(self, body, separator, size):
        first = len(body) % size or size
        parts = [self.item(body, slice(0, first))]
        for place in range(first, len(body), size):
            parts += [separator, self.item(body, slice(place, place + size))]
        return self.joined(parts)

    def join_fields(self, *parts):
        """An f-string from its parts."""
        return self.joined(parts)

    # `str.format`

    def format_fields(self, form, args, kwargs):
        """`form.format(*args, **kwargs)` for a plain form, as parts; None where there is no rule for one of its fields."""
        return self._fields(form, args, kwargs, itertools.count(), 1)

    def _fields(self, form, args, kwargs, counter, depth):
        parts = []
        for literal, name, spec, conversion in Formatter().parse(form):
            parts.append(literal)
            if name is None:
                continue
            if not name:
                name = str(next(counter))
            inner = self._fields(spec, args, kwargs, counter, depth - 1) if spec and depth else [spec or ""]
            if not _NAME.fullmatch(name) or inner is None:
                return None
            value = args[int(name)] if name.isdecimal() else kwargs[name]
            parts.append(self.field(value, conversion or "", self.joined(inner)))
        return parts

    def refuse_fields(self, form, depth=3):
        """Ends the run where a form reads attributes that programs may not name."""
        for _, name, spec, _ in Formatter().parse(form):
            if name is not None and any(is_attribute_refused(part) for part in re.split(r"[.\[\]]", name)[1:]):
                self.halt("unsupported", "a format reads %s" % name)
            if spec and depth:
                self.refuse_fields(spec, depth - 1)

    # `%`

    def percent(self, form, value):
        """`form % value`."""
        form = self.pin_text(form)
        if not is_simple(value):
            # Code of the program takes part, which runs once.
            return form % self.plain(value, "str %")
        plain = form % self.bare_copy(value)
        parts = self._percent_parts(form, value)
        if parts is not None:
            return self.agreed_text(parts, plain)
        return form % self.plain(value, "str %")

    def _percent_parts(self, form, value):
        """The parts of `form % value`; None where there is no rule for one of them."""
        values = iter(value if type(value) is tuple else (value,))
        parts = []
        done = 0
        for found in _DIRECTIVE.finditer(form):
            name, flags, width, precision, kind = found.groups()
            parts.append(form[done : found.start()])
            done = found.end()
            if kind == "%":
                parts.append("%")
                continue
            if name is None:
                one = next(values)
            elif type(value) is dict:
                one = self.item(value, name)
            else:
                return None
            made = self._directed(one, flags, width, precision, kind)
            if made is None:
                return None
            parts += made
        return None if "%" in form[done:] else [*parts, form[done:]]

    def _directed(self, value, flags, width, precision, kind):
        align = "<" if "-" in flags else ">"
        if kind in "sr":
            text = self.to_text(value) if kind == "s" else self.to_repr(value)
            kept = None if precision is None else precision or "0"
            return self._laid_out(text, Layout(" ", align, "", "", int(width or 0), "", kept, "s"))
        if kind not in _BASES or kind == "b" or precision is not None or type(value) not in _NUMBERS:
            return None
        zero = "0" in flags and align == ">"
        sign = "+" if "+" in flags else " " if " " in flags else ""
        alternate = "#" if "#" in flags else ""
        layout = Layout("0" if zero else " ", "=" if zero else align, sign, alternate, int(width or 0), "", None, kind)
        return self._laid_out(value, layout)
