"""Rules of the methods of `str` that pad, trim and break it, and that put other characters in the place of some."""

import sys

from ..arithmetic import is_text
from ..boxes import BOXES, Int
from .strings import space_at
from .text_methods import agreed, is_line_end, method, piece, pinned

_TAB, _LINE_FEED, _RETURN = 9, 10, 13
_CODE_POINTS = 0x110000


def _stripper(name):
    native = getattr(str, name)

    def rule(machine, text, chars):
        plain = native(machine.text_of(text), None if chars is None else machine.text_of(chars))
        whole = machine.char_terms(text)
        stripped = None if chars is None else machine.char_terms(chars)

        def goes(place):
            if stripped is None:
                return space_at(machine, whole, place)
            equal = [machine.terms.eq(whole[place], one) for one in stripped]
            return machine.decide(machine.terms.any_of(equal), "%%s has the character at %d" % place, "first")

        first, last = 0, len(whole)
        while name != "rstrip" and first < last and goes(first):
            first += 1
        while name != "lstrip" and first < last and goes(last - 1):
            last -= 1
        return agreed(machine, [piece(machine, text, first, last)], [plain])[0]

    return method(name, rule, "text?", defaults=(None,))


def _width(machine, text, width):
    """The width that a text is padded to: its own length, or a greater one without a term."""
    if type(width) not in BOXES:
        return max(width, len(text))
    value, least = int(machine.bare(width)), -sys.maxsize - 1
    if least <= value <= len(text):
        machine.decide(machine.terms.between(least, machine.term_of(width), len(text) + 1), "%%s <= %d" % len(text), "first")
        return len(text)
    return machine.pin(width)


def _padder(name):
    native = getattr(str, name)

    def rule(machine, text, width, fill):
        total = _width(machine, text, width)
        plain = native(machine.text_of(text), machine.bare(width), machine.text_of(fill))
        pad = total - len(text)
        left = {"ljust": 0, "rjust": pad, "center": pad // 2 + (pad & total & 1)}[name]
        parts = [machine.repeated(fill, left), text, machine.repeated(fill, pad - left)]
        return agreed(machine, [machine.joined(parts)], [plain])[0]

    return method(name, rule, "number", "text", least=1, defaults=(" ",))


def _zfill(machine, text, width):
    pad = _width(machine, text, width) - len(text)
    plain = machine.text_of(text).zfill(machine.bare(width))
    if pad == 0:
        return text
    signed = 0
    if len(text):
        first = machine.char_terms(text)[0]
        terms = machine.terms
        is_sign = terms.any_of([terms.eq(first, terms.constant(ord(sign))) for sign in "+-"])
        signed = int(machine.decide(is_sign, "%s: a sign comes first"))
    parts = [piece(machine, text, 0, signed), "0" * pad, piece(machine, text, signed, len(text))]
    return agreed(machine, [machine.joined(parts)], [plain])[0]


def _expandtabs(machine, text, size):
    size = pinned(machine, size)
    plain = machine.text_of(text).expandtabs(size)
    terms = machine.terms
    column = 0
    parts = []
    for place, char in enumerate(machine.char_terms(text)):
        if machine.decide(terms.eq(char, terms.constant(_TAB)), "%%s: a tab at %d" % place):
            spaces = size - column % size if size > 0 else 0
            parts.append(" " * spaces)
            column += spaces
            continue
        ends = terms.any_of((terms.eq(char, terms.constant(_LINE_FEED)), terms.eq(char, terms.constant(_RETURN))))
        column = 0 if machine.decide(ends, "%%s: the end of a line at %d" % place) else column + 1
        parts.append(piece(machine, text, place, place + 1))
    return agreed(machine, [machine.joined(parts)], [plain])[0]


def _splitlines(machine, text, keep):
    keep = machine.truth(keep)
    plain = machine.text_of(text).splitlines(keep)
    terms = machine.terms
    chars = machine.char_terms(text)
    lines = []
    begin = place = 0
    while place < len(chars):
        if not machine.decide(is_line_end(machine, chars[place]), "%%s: the end of a line at %d" % place):
            place += 1
            continue
        end = place
        place += 1
        if place < len(chars):
            both = terms.eq(chars[end], terms.constant(_RETURN)), terms.eq(chars[place], terms.constant(_LINE_FEED))
            place += int(machine.decide(terms.all_of(both), "%%s: two characters end a line at %d" % end))
        lines.append(piece(machine, text, begin, place if keep else end))
        begin = place
    if begin < len(chars):
        lines.append(piece(machine, text, begin, len(chars)))
    return agreed(machine, lines, plain)


# Translating


def _maketrans(machine, _receiver, args, kwargs):
    if kwargs or not 1 <= len(args) <= 3 or not machine.has_terms(args):
        return NotImplemented
    if len(args) == 1:
        return _table_of(machine, args[0]) if type(args[0]) is dict else NotImplemented
    if not all(is_text(one) for one in args) or len(args[0]) != len(args[1]):
        # Raises what CPython raises.
        str.maketrans(*[machine.bare_copy(one) for one in args])
        return NotImplemented
    table = {}
    codes = [[_code(machine, text, place) for place in range(len(text))] for text in args]
    for key, value in zip(*codes[:2]):
        machine.put(table, key, value)
    for key in codes[2] if len(args) == 3 else ():
        machine.put(table, key, None)
    return table


def _table_of(machine, mapping):
    table = {}
    for key, value in mapping.items():
        if is_text(key) and len(key) == 1:
            key = _code(machine, key, 0)
        elif type(key) not in (int, Int):
            return NotImplemented
        machine.put(table, key, value)
    return table


def _code(machine, text, place):
    return machine.integer(ord(machine.text_of(text)[place]), machine.char_terms(text)[place])


def _translate(machine, text, table):
    """Each code point is decided to be a key that deletes it or makes more of it; all other keys are choices."""
    if type(table) is not dict or not all(type(key) in (int, Int) for key in table):
        return NotImplemented
    terms = machine.terms
    one_for_one, others = [], []
    for key, value in table.items():
        code = _code_point(machine, value)
        (others if code is None else one_for_one).append((machine.term_of(key), value if code is None else code))
        if code is None and value is not None and not is_text(value):
            return NotImplemented
    machine.work(len(text) * len(table))
    parts = []
    for place, char in enumerate(machine.char_terms(text)):
        for key, value in others:
            if machine.decide(terms.eq(char, key), "%%s: a key at %d" % place):
                parts.append("" if value is None else value)
                break
        else:
            result = char
            for key, code in one_for_one:
                result = terms.ite(terms.eq(char, key), code, result)
            parts.append(machine.string(chr(terms.values[result]), (result,)))
    plain = machine.text_of(text).translate({machine.bare(key): machine.bare(value) for key, value in table.items()})
    return agreed(machine, [machine.joined(parts)], [plain])[0]


def _code_point(machine, value):
    """The term of the one code point that a value of a table stands for; None where it stands for none or more."""
    if is_text(value):
        return machine.char_terms(value)[0] if len(value) == 1 else None
    if type(value) not in (int, Int) or not 0 <= machine.bare(value) < _CODE_POINTS:
        return None
    machine.decide(machine.terms.between(0, machine.term_of(value), _CODE_POINTS), "%s: a code point")
    return machine.term_of(value)


FUNCTIONS = {str.maketrans: _maketrans}
METHODS = dict(
    (
        ((str, "maketrans"), _maketrans),
        _stripper("strip"),
        _stripper("lstrip"),
        _stripper("rstrip"),
        _padder("center"),
        _padder("ljust"),
        _padder("rjust"),
        method("zfill", _zfill, "number", least=1),
        method("expandtabs", _expandtabs, "number", defaults=(8,), keywords=("tabsize",)),
        method("splitlines", _splitlines, "any", defaults=(False,), keywords=("keepends",)),
        method("translate", _translate, "any", least=1),
    )
)
