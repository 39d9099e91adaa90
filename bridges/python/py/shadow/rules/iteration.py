"""Rules of what goes through a sequence: `len`, `range`, `sorted`, `sum`, `zip`, `map`, and `itertools`."""

import bisect
import functools
import heapq
import itertools

from ..boxes import BOXES, Range, Str
from .registry import natively


def _len(machine, _receiver, args, kwargs):
    if len(args) != 1 or kwargs:
        return NotImplemented
    if type(args[0]) is Range:
        return machine.range_length(args[0])
    return len(args[0])


def _range(machine, _receiver, args, kwargs):
    if not any(type(one) in BOXES for one in args):
        return range(*args)
    range(*[machine.bare(one) for one in args])
    start, stop, step = (0, args[0], 1) if len(args) == 1 else (*args, 1)[:3]
    terms = machine.terms
    if type(step) in BOXES:
        machine.decide(terms.negation(terms.eq(machine.term_of(step), terms.constant(0))), "step of %s != 0")
        step = machine.pin(step)
    if type(start) not in BOXES and type(stop) not in BOXES:
        return range(start, stop, step)
    return Range(start, stop, step)


def _with_callback(function, place):
    """A function that calls one of its arguments."""

    def rule(machine, _receiver, args, kwargs):
        for one in args[place + 1 :]:
            machine.note_order(one)
        args = [machine.callback(one) if index == place else one for index, one in enumerate(args)]
        return function(*args, **kwargs)

    return rule


def _filter(machine, _receiver, args, kwargs):
    if kwargs or len(args) != 2:
        return NotImplemented
    machine.note_order(args[1])
    if args[0] is bool:
        return filter(None, args[1])
    return filter(machine.callback(args[0]), args[1])


def _sorted(machine, _receiver, args, kwargs):
    kwargs = dict(kwargs)
    if "key" in kwargs:
        machine.note_order(args[0] if args else None)
        kwargs["key"] = machine.callback(kwargs["key"])
    if "reverse" in kwargs:
        kwargs["reverse"] = machine.truth(kwargs["reverse"])
    return sorted(*args, **kwargs)


def _reversed(machine, _receiver, args, kwargs):
    if len(args) != 1 or kwargs:
        return NotImplemented
    if type(args[0]) is Str:
        return reversed(machine.characters(args[0]))
    if type(args[0]) is Range:
        return reversed(list(args[0]))
    return reversed(args[0])


def _reduce(machine, _receiver, args, kwargs):
    if kwargs or not 2 <= len(args) <= 3:
        return NotImplemented
    machine.note_order(args[1])
    return functools.reduce(machine.callback(args[0]), *args[1:])


def _sum(machine, _receiver, args, kwargs):
    return sum(*args, **kwargs)


def _islice(machine, _receiver, args, kwargs):
    return itertools.islice(args[0], *[one if one is None else machine.pin(one) for one in args[1:]])


FUNCTIONS = {
    len: _len,
    range: _range,
    sorted: _sorted,
    reversed: _reversed,
    sum: _sum,
    any: lambda machine, receiver, args, kwargs: any(*args, **kwargs),
    all: lambda machine, receiver, args, kwargs: all(*args, **kwargs),
    filter: _filter,
    map: _with_callback(map, 0),
    functools.reduce: _reduce,
    itertools.islice: _islice,
    itertools.takewhile: _with_callback(itertools.takewhile, 0),
    itertools.dropwhile: _with_callback(itertools.dropwhile, 0),
    itertools.filterfalse: _with_callback(itertools.filterfalse, 0),
    itertools.starmap: _with_callback(itertools.starmap, 0),
}
for _function in (
    iter,
    next,
    enumerate,
    zip,
    itertools.chain,
    itertools.chain.from_iterable,
    itertools.cycle,
    itertools.product,
    itertools.permutations,
    itertools.combinations,
    itertools.zip_longest,
    bisect.bisect_left,
    bisect.bisect_right,
    bisect.insort_left,
    bisect.insort_right,
    heapq.heapify,
    heapq.heappop,
    heapq.heappush,
    heapq.heappushpop,
    heapq.heapreplace,
):
    FUNCTIONS[_function] = natively(_function)
METHODS = {}
