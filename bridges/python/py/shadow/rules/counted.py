"""Rules of `collections`: counters and queues. Named tuples are in `objects.py`; other dicts follow the rules of dicts."""

from collections import Counter, deque

from ..arithmetic import is_number
from .registry import method_natively, natively


def _counter(machine, _receiver, args, kwargs):
    if kwargs or len(args) > 1:
        return NotImplemented
    result = Counter()
    for source in args:
        _count_all(machine, result, source, 1)
    return result


def _count_all(machine, counter, source, sign):
    if isinstance(source, dict):
        pairs = [(key, machine.native(dict.__getitem__, source, key)) for key in list(source)]
    else:
        machine.note_order(source)
        pairs = ((key, 1) for key in source)
    for key, times in pairs:
        key = machine.store_key(counter, key)
        with machine.keys():
            old = dict.get(counter, key, 0)
        total = machine.do_add(old, times, machine.site) if sign > 0 else machine.do_subtract(old, times, machine.site)
        with machine.keys():
            dict.__setitem__(counter, key, total)


def _counting(sign):
    def rule(machine, receiver, args, kwargs):
        if kwargs or len(args) != 1 or args[0] is None:
            return NotImplemented
        _count_all(machine, receiver, args[0], sign)
        return None

    return rule


def _most_common(machine, receiver, args, kwargs):
    if kwargs or len(args) > 1 or args and args[0] is not None and not is_number(args[0]):
        return NotImplemented
    items = sorted(dict.items(receiver), key=lambda item: item[1], reverse=True)
    if not args or args[0] is None:
        return items
    return machine.item(items, slice(None, args[0])) if machine.truth(machine.comparison(">=", args[0], 0)) else []


def _rotate(machine, receiver, args, kwargs):
    return deque.rotate(receiver, *[machine.pin(one) for one in args], **kwargs)


FUNCTIONS = {Counter: _counter, deque: natively(deque)}
METHODS = {
    (Counter, "update"): _counting(1),
    (Counter, "subtract"): _counting(-1),
    (Counter, "most_common"): _most_common,
    (deque, "rotate"): _rotate,
}
for _name in ("append", "appendleft", "clear", "copy", "count", "extend", "extendleft", "pop", "popleft", "remove", "reverse"):
    METHODS[deque, _name] = method_natively(deque, _name)
