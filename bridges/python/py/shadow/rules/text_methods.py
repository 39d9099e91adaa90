"""How rules of `str` take their arguments: as CPython does, and as texts and numbers that may be boxes."""

from ..arithmetic import is_number, is_text
from ..boxes import BOXES

_FITS = {
    "text": is_text,
    "text?": lambda value: value is None or is_text(value),
    "number": is_number,
    "number?": lambda value: value is None or is_number(value),
    "texts": lambda value: is_text(value) or type(value) is tuple and all(is_text(one) for one in value),
    "any": lambda value: True,
}


def method(name, rule, *parameters, least=0, defaults=(), keywords=()):
    """A row of `METHODS` for a method of `str`.

    rule: takes the machine, the receiver and the arguments, once they fit; it may return NotImplemented.
    parameters: a kind for each positional parameter, of `_FITS`.
    least: how many the method needs; the others have `defaults`.
    keywords: names under which the parameters may be given.
    """

    def checked(machine, receiver, args, kwargs):
        if not is_text(receiver):
            return NotImplemented
        if type(receiver) is str and not kwargs and not machine.has_terms(args):
            return getattr(receiver, name)(*args)
        given = _positional(args, kwargs, keywords, defaults, least)
        fits = given is not None and least <= len(given) <= len(parameters)
        if not fits or not all(_FITS[kind](one) for kind, one in zip(parameters, given)):
            # Raises what CPython raises; where it does not, there is no rule for these arguments.
            plain = [machine.bare_copy(one) for one in args]
            getattr(machine.text_of(receiver), name)(*plain, **{key: machine.bare_copy(one) for key, one in kwargs.items()})
            return NotImplemented
        return rule(machine, receiver, *given, *defaults[len(given) - least :])

    return (str, name), checked


def _positional(args, kwargs, keywords, defaults, least):
    """The arguments by position, None where a name is not known or given twice."""
    if not kwargs:
        return args
    values = list(args)
    pending = dict(kwargs)
    for place in range(len(args), len(keywords)):
        if keywords[place] in pending:
            values.append(pending.pop(keywords[place]))
        elif pending and place >= least:
            values.append(defaults[place - least])
    return None if pending else values


def pinned(machine, value):
    """A number or None, without its term."""
    return machine.pin(value) if type(value) in BOXES else value


def window(machine, text, start, end):
    """`(first, last)` of the part of a text that `start` and `end` name, as `find` and its like clamp them."""
    length = len(text)
    start, end = pinned(machine, start), pinned(machine, end)
    first = 0 if start is None else max(start + length, 0) if start < 0 else start
    last = length if end is None else max(end + length, 0) if end < 0 else min(end, length)
    return first, last


def piece(machine, text, start, stop):
    """`text[start:stop]` for plain bounds."""
    return machine.string(machine.text_of(text)[start:stop], machine.chars_of(text)[start:stop])


def agreed(machine, pieces, plain):
    """Pieces of a text, which have to be what Python cut it into."""
    if [machine.text_of(one) for one in pieces] != list(plain):
        machine.halt("engine", "a text was cut into %r, not %r" % ([machine.text_of(one) for one in pieces], plain))
    return pieces


SPACES = ((9, 14), (28, 33), (0x85, 0x86), (0xA0, 0xA1), (0x1680, 0x1681), (0x2000, 0x200B), (0x2028, 0x202A))
SPACES += ((0x202F, 0x2030), (0x205F, 0x2060), (0x3000, 0x3001))
_LINE_ENDS = ((10, 14), (28, 31), (0x85, 0x86), (0x2028, 0x202A))


def among(machine, char, ranges):
    """Term: a code point lies in one of these ranges."""
    terms = machine.terms
    if terms.is_constant(char):
        code = terms.values[char]
        return terms.constant(any(low <= code < high for low, high in ranges))
    return terms.any_of([terms.between(low, char, high) for low, high in ranges])


def is_space(machine, char):
    """Term: `isspace` of a code point, all of which are listed here."""
    return among(machine, char, SPACES)


def is_line_end(machine, char):
    """Term: `splitlines` ends a line at this code point."""
    return among(machine, char, _LINE_ENDS)
