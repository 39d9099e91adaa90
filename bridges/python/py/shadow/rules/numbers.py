"""Rules of numbers: `int`, `bool`, `abs`, `divmod`, `pow`, `round`, `chr`, `min`, `max`, and of types and identity."""

from ..arithmetic import is_number, is_text
from ..boxes import BOXES, Bool, Int, Str, plain_type
from .registry import natively
from .text_numbers import int_of_text


def _int(machine, _receiver, args, kwargs):
    if kwargs or not 1 <= len(args) <= 2:
        return NotImplemented
    value = args[0]
    if len(args) == 2:
        if not is_text(value) or not is_number(args[1]) or machine.pin(args[1]) != 10:
            return NotImplemented
    elif is_number(value):
        return machine.positive(value) if type(value) in BOXES else int(value)
    return int_of_text(machine, value) if type(value) is Str else NotImplemented


def _bool(machine, _receiver, args, kwargs):
    if len(args) != 1 or kwargs:
        return NotImplemented
    value = args[0]
    if type(value) is Bool:
        return value
    if type(value) is Int:
        terms = machine.terms
        nonzero = terms.negation(terms.eq(value.box_term, terms.constant(0)))
        return machine.boolean(bool(value.box_value), nonzero)
    return machine.truth(value)


def _chr(machine, _receiver, args, kwargs):
    if len(args) != 1 or kwargs or type(args[0]) not in (Int, Bool):
        return NotImplemented
    terms = machine.terms
    term = machine.term_of(args[0])
    if not machine.decide(terms.between(0, term, 0x110000), "%s is a code point", "first"):
        machine.decide(terms.between(-(2**31), term, 2**31), "%s is a C int", "first")
    return machine.string(chr(args[0].box_value), (term,))


def _ord(machine, _receiver, args, kwargs):
    if len(args) != 1 or kwargs or type(args[0]) is not Str:
        return NotImplemented
    text = args[0]
    return machine.integer(ord(text.box_value), text.box_chars[0])


def _extreme(name, is_better):
    native = min if name == "min" else max

    def rule(machine, _receiver, args, kwargs):
        if kwargs:
            kwargs = dict(kwargs)
            for one in args:
                machine.note_order(one)
            if "key" in kwargs:
                kwargs["key"] = machine.callback(kwargs["key"])
            return native(*args, **kwargs)
        candidates = args if len(args) > 1 else None
        if len(args) == 1 and type(args[0]) in (list, tuple, set, frozenset):
            candidates = args[0]
        if not candidates or len({type(machine.bare(one)) for one in candidates}) > 1:
            return native(*args)
        if not all(type(machine.bare(one)) is int for one in candidates) or not machine.has_terms(list(candidates)):
            return native(*args)
        # The first of equals wins, which shows nowhere: they are of one type.
        best, *others = candidates
        value, term = machine.bare(best), machine.term_of(best)
        terms = machine.terms
        for one in others:
            other = machine.term_of(one)
            term = terms.ite(is_better(terms, other, term), other, term)
            value = native(value, machine.bare(one))
        return machine.integer(value, term)

    return rule


def _pow(machine, _receiver, args, kwargs):
    return pow(*args) if len(args) == 2 and not kwargs else NotImplemented


def _round(machine, _receiver, args, kwargs):
    return round(args[0]) if len(args) == 1 and not kwargs and is_number(args[0]) else NotImplemented


def _type(machine, _receiver, args, kwargs):
    return plain_type(args[0]) if len(args) == 1 and not kwargs else NotImplemented


def _str(machine, _receiver, args, kwargs):
    if not args and not kwargs:
        return ""
    return machine.to_text(args[0]) if len(args) == 1 and not kwargs else NotImplemented


def _repr(machine, _receiver, args, kwargs):
    return machine.to_repr(args[0]) if len(args) == 1 and not kwargs else NotImplemented


def _print(machine, _receiver, args, kwargs):
    if kwargs.get("file") is not None or not {"sep", "end", "flush", "file"}.issuperset(kwargs):
        return NotImplemented
    sep, end = kwargs.get("sep"), kwargs.get("end")
    sep, end = " " if sep is None else sep, "\n" if end is None else end
    if not is_text(sep) or not is_text(end):
        return NotImplemented
    parts = []
    for place, one in enumerate(args):
        parts += [sep] * (place > 0) + [machine.to_text(one)]
    parts.append(end)
    machine.printed += parts
    print("".join([machine.text_of(part) for part in parts]), end="")
    return None


FUNCTIONS = {
    int: _int,
    bool: _bool,
    chr: _chr,
    ord: _ord,
    str: _str,
    repr: _repr,
    print: _print,
    abs: natively(abs),
    divmod: natively(divmod),
    pow: _pow,
    round: _round,
    type: _type,
    isinstance: natively(isinstance),
    issubclass: natively(issubclass),
    callable: natively(callable),
    hasattr: natively(hasattr),
    min: _extreme("min", lambda terms, other, best: terms.lt(other, best)),
    max: _extreme("max", lambda terms, other, best: terms.lt(best, other)),
}
METHODS = {
    (int, "conjugate"): lambda machine, receiver, args, kwargs: machine.positive(receiver),
    (int, "__index__"): lambda machine, receiver, args, kwargs: machine.positive(receiver),
}
