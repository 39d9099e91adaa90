"""Rules of dicts and sets: which keys are equal is decided before Python hashes them."""

from ..boxes import BOXES
from ..keyed import NO_KEY
from ..unboxing import builtin_method


def _has_work(machine, receiver, args):
    return machine.is_keyed(receiver) or any(type(one) in BOXES or machine.has_terms(one) for one in args)


def _get(machine, receiver, args, kwargs):
    if kwargs or not 1 <= len(args) <= 2:
        return NotImplemented
    machine.check_hashable(args[0])
    found = machine.find_key(receiver, args[0])
    if found is NO_KEY:
        return args[1] if len(args) == 2 else None
    return machine.native(dict.__getitem__, receiver, found)


def _pop(machine, receiver, args, kwargs):
    if kwargs or not 1 <= len(args) <= 2:
        return NotImplemented
    machine.check_hashable(args[0])
    found = machine.find_key(receiver, args[0])
    if found is not NO_KEY:
        return machine.native(builtin_method(type(receiver), "pop"), receiver, found)
    if len(args) == 2:
        return args[1]
    raise KeyError(args[0])


def _setdefault(machine, receiver, args, kwargs):
    if kwargs or not 1 <= len(args) <= 2:
        return NotImplemented
    key = machine.store_key(receiver, args[0])
    return machine.native(builtin_method(type(receiver), "setdefault"), receiver, key, *args[1:])


def _update(machine, receiver, args, kwargs):
    for source in args[:1]:
        machine.note_order(source)
        machine.put_all(receiver, source)
    if len(args) > 1:
        return dict.update(receiver, *args)
    for key, value in kwargs.items():
        machine.put(receiver, key, value)
    return None


def _views(name):
    return lambda machine, receiver, args, kwargs: builtin_method(type(receiver), name)(receiver, *args, **kwargs)


def _popitem(machine, receiver, args, kwargs):
    with machine.keys():
        return builtin_method(type(receiver), "popitem")(receiver, *args, **kwargs)


def _copy(machine, receiver, args, kwargs):
    if type(receiver) not in (dict, set):
        return NotImplemented
    result = machine.native(type(receiver).copy, receiver, *args)
    if machine.is_keyed(receiver):
        machine.note_keys(result)
    return result


def _dict(machine, _receiver, args, kwargs):
    if len(args) > 1:
        return NotImplemented
    result = {}
    for source in args:
        machine.note_order(source)
        machine.put_all(result, source)
    result.update(kwargs)
    return result


def _fromkeys(machine, _receiver, args, kwargs):
    if kwargs or not 1 <= len(args) <= 2:
        return NotImplemented
    machine.note_order(args[0])
    result = {}
    for key in args[0]:
        machine.put(result, key, args[1] if len(args) == 2 else None)
    return result


def _set_of(kind):
    def rule(machine, _receiver, args, kwargs):
        if kwargs or len(args) > 1:
            return NotImplemented
        return machine.keyed_set(kind, args[0]) if args else kind()

    return rule


def _add(machine, receiver, args, kwargs):
    return machine.add(receiver, *args, **kwargs)


def _discard(must_exist):
    def rule(machine, receiver, args, kwargs):
        if kwargs or len(args) != 1:
            return NotImplemented
        machine.check_hashable(args[0])
        found = machine.find_key(receiver, args[0])
        if found is not NO_KEY:
            machine.native(set.discard, receiver, found)
        elif must_exist:
            raise KeyError(args[0])
        return None

    return rule


def _clear(machine, receiver, args, kwargs):
    machine.keyed.pop(id(receiver), None)
    return builtin_method(type(receiver), "clear")(receiver, *args)


def _joining(name, operation):
    """`union` and the like of two sets; other arguments are made sets first."""

    def rule(machine, receiver, args, kwargs):
        if kwargs or not _has_work(machine, receiver, args):
            return NotImplemented
        result = receiver
        for one in args:
            other = one if type(one) in (set, frozenset) else machine.set_of(one)
            result = operation(machine, result, other)
        return result if args else machine.keyed_set(type(receiver), receiver)

    return rule


def _joining_in_place(name, operation):
    def rule(machine, receiver, args, kwargs):
        if kwargs or not _has_work(machine, receiver, args):
            return NotImplemented
        for one in args:
            other = one if type(one) in (set, frozenset) else machine.set_of(one)
            machine.replace(receiver, operation(machine, receiver, other))
        return None

    return rule


def _relation(test):
    def rule(machine, receiver, args, kwargs):
        if kwargs or len(args) != 1 or not _has_work(machine, receiver, args):
            return NotImplemented
        other = args[0] if type(args[0]) in (set, frozenset) else machine.set_of(args[0])
        return test(machine, receiver, other)

    return rule


FUNCTIONS = {
    dict: _dict,
    dict.fromkeys: _fromkeys,
    set: _set_of(set),
    frozenset: _set_of(frozenset),
}
METHODS = {
    (dict, "get"): _get,
    (dict, "pop"): _pop,
    (dict, "setdefault"): _setdefault,
    (dict, "update"): _update,
    (dict, "popitem"): _popitem,
    (dict, "copy"): _copy,
    (dict, "clear"): _clear,
    (set, "add"): _add,
    (set, "copy"): _copy,
    (set, "clear"): _clear,
    (set, "discard"): _discard(False),
    (set, "remove"): _discard(True),
}
for _name in ("keys", "values", "items"):
    METHODS[dict, _name] = _views(_name)
for _kind in (set, frozenset):
    METHODS[_kind, "union"] = _joining("union", lambda machine, a, b: machine.union(a, b))
    METHODS[_kind, "intersection"] = _joining("intersection", lambda machine, a, b: machine.intersection(a, b))
    METHODS[_kind, "difference"] = _joining("difference", lambda machine, a, b: machine.difference(a, b))
    METHODS[_kind, "symmetric_difference"] = _joining(
        "symmetric_difference", lambda machine, a, b: machine.symmetric_difference(a, b)
    )
    METHODS[_kind, "issubset"] = _relation(lambda machine, a, b: machine.is_subset(a, b))
    METHODS[_kind, "issuperset"] = _relation(lambda machine, a, b: machine.is_subset(b, a))
    METHODS[_kind, "isdisjoint"] = _relation(lambda machine, a, b: not machine.intersection(a, b))
METHODS[set, "update"] = _joining_in_place("update", lambda machine, a, b: machine.union(a, b))
METHODS[set, "intersection_update"] = _joining_in_place(
    "intersection_update", lambda machine, a, b: machine.intersection(a, b)
)
METHODS[set, "difference_update"] = _joining_in_place(
    "difference_update", lambda machine, a, b: machine.difference(a, b)
)
METHODS[set, "symmetric_difference_update"] = _joining_in_place(
    "symmetric_difference_update", lambda machine, a, b: machine.symmetric_difference(a, b)
)
