"""Rules of lists and tuples: their elements may be boxes, their length is plain."""

from ..boxes import BOXES, Range
from .registry import method_natively


def _of(kind):
    def rule(machine, _receiver, args, kwargs):
        if kwargs or len(args) > 1:
            return NotImplemented
        for one in args:
            machine.note_order(one)
        return kind(*args)

    return rule


def _pop(machine, receiver, args, kwargs):
    if kwargs or len(args) != 1:
        return list.pop(receiver, *args, **kwargs)
    if not receiver:
        machine.fits(args[0])
        return receiver.pop(machine.bare(args[0]))
    return list.pop(receiver, machine._exact_index(receiver, args[0]))


def _insert(machine, receiver, args, kwargs):
    if kwargs or len(args) != 2 or type(args[0]) not in BOXES:
        return list.insert(receiver, *args, **kwargs)
    machine.fits(args[0])
    list.insert([], machine.bare(args[0]), None)
    place = machine.bounds(len(receiver), slice(args[0], None)).start
    return list.insert(receiver, place, args[1])


def _sort(machine, receiver, args, kwargs):
    kwargs = dict(kwargs)
    if "key" in kwargs:
        kwargs["key"] = machine.callback(kwargs["key"])
    if "reverse" in kwargs:
        kwargs["reverse"] = machine.truth(kwargs["reverse"])
    return list.sort(receiver, *args, **kwargs)


def _count(machine, receiver, args, kwargs):
    """How many are equal, as a sum of truth values."""
    if kwargs or len(args) != 1 or not (type(args[0]) in BOXES or machine.has_terms(receiver)):
        return type(receiver).count(receiver, *args, **kwargs)
    equal = [machine.equal_term(one, args[0]) for one in receiver]
    if None in equal:
        return type(receiver).count(machine.settled(receiver), *machine.settled(args))
    terms = machine.terms
    total = terms.constant(0)
    for term in equal:
        total = terms.add(total, terms.integer(term))
    return machine.integer(terms.values[total], total)


def _index(kind):
    def rule(machine, receiver, args, kwargs):
        if type(receiver) in BOXES or kwargs or not args:
            return NotImplemented
        bounds = [machine.pin(one) for one in args[1:]]
        receiver, args = machine.settled(receiver), machine.settled(args)
        noted = dict(machine.concretised)
        try:
            return kind.index(receiver, args[0], *bounds)
        except ValueError as error:
            # CPython wrote the repr of the element, which is done here with its terms.
            machine.concretised = noted
            shown = machine.to_repr(args[0])
            text = machine.text_of(shown)
            if type(shown) is str or not str(error).startswith(text):
                raise
            raise ValueError(machine.joined([shown, str(error)[len(text) :]])) from None

    return rule


def _remove(machine, receiver, args, kwargs):
    return list.remove(machine.settled(receiver), *machine.settled(args), **kwargs)


FUNCTIONS = {list: _of(list), tuple: _of(tuple)}
METHODS = {
    (list, "pop"): _pop,
    (list, "insert"): _insert,
    (list, "sort"): _sort,
    (list, "remove"): _remove,
    (list, "count"): _count,
    (tuple, "count"): _count,
    (list, "index"): _index(list),
    (tuple, "index"): _index(tuple),
    (range, "index"): lambda machine, receiver, args, kwargs: NotImplemented
    if type(receiver) is Range
    else range.index(receiver, *args),
}
for _name in ("append", "extend", "reverse", "copy", "clear"):
    METHODS[list, _name] = method_natively(list, _name)
