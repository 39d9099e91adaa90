"""Rules that make classes, and that copy values."""

import collections
import copy

from ..boxes import BOXES

_SPINES = frozenset((list, tuple, dict, set, frozenset))
_ATOMS = frozenset((int, bool, str, float, complex, bytes, type(None), type, range))
MAX_DEPTH = 60


def _namedtuple(machine, _receiver, args, kwargs):
    """The class belongs to the program, which CPython finds out from the frame that calls."""
    args = [machine.plain(one, "namedtuple") for one in args]
    kwargs = {key: machine.plain(one, "namedtuple") for key, one in kwargs.items()}
    return collections.namedtuple(*args, **{"module": "__main__", **kwargs})


def _copy(machine, _receiver, args, kwargs):
    if len(args) != 1 or kwargs or type(args[0]) not in _SPINES and type(args[0]) not in BOXES:
        return NotImplemented
    return _copied(machine, args[0], lambda element: element)


def _deepcopy(machine, _receiver, args, kwargs):
    if len(args) != 1 or kwargs or not _is_plain_tree(args[0]):
        return NotImplemented
    done = {}

    def deep(value):
        if id(value) not in done:
            # What was copied is held, so that its id stays its own.
            done[id(value)] = value, _copied(machine, value, deep)
        return done[id(value)][1]

    return deep(args[0])


def _copied(machine, value, inner):
    kind = type(value)
    if kind not in _SPINES:
        return value
    if kind is dict:
        with machine.keys():
            made = {inner(key): inner(one) for key, one in value.items()}
    elif kind is tuple:
        parts = [inner(one) for one in value]
        return value if all(one is other for one, other in zip(parts, value)) else tuple(parts)
    elif kind is frozenset:
        return value
    else:
        with machine.keys():
            made = kind([inner(one) for one in value])
    if kind is not list and machine.is_keyed(value):
        machine.note_keys(made)
    return made


def _is_plain_tree(value):
    """Whether a value is built of built-in containers that do not hold themselves."""
    pending = [(value, 0)]
    while pending:
        one, depth = pending.pop()
        if type(one) not in _SPINES:
            if type(one) not in _ATOMS and type(one) not in BOXES:
                return False
            continue
        if depth > MAX_DEPTH:
            return False
        inside = [*one.keys(), *one.values()] if type(one) is dict else one
        pending += [(inner, depth + 1) for inner in inside]
    return True


FUNCTIONS = {collections.namedtuple: _namedtuple, copy.copy: _copy, copy.deepcopy: _deepcopy}
METHODS = {}
