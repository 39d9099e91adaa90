"""Whether an exception is the program's own, or a fault of the machine's that looks like one.

An operation that raised inside the machine is done once more as Python does it without terms: it has to raise the same.
Where it cannot be done again, the exceptions that only a programming error raises count as ours.
"""

import operator
import types

from .boxes import BOXES, Box, Method
from .halt import Halted
from .modules import Facade

PROGRAM = "program.py"
_PACKAGE = __name__.rpartition(".")[0]
# What no operation of a program raises inside a rule.
_FAULTS = (AttributeError, NameError, AssertionError, ImportError, SystemError)
# They write, read or draw; done again they would do it again.
_NOT_TWICE = frozenset((print, input, next))
_LEAVES = frozenset((int, bool, str, float, bytes, complex, range, type(None), type(Ellipsis), slice))
_SPINES = frozenset((list, tuple, dict, set, frozenset))
_BUILTINS = frozenset((types.BuiltinFunctionType, types.MethodDescriptorType, types.WrapperDescriptorType))
MAX_NODES = 10_000


def fault(machine, error):
    """What of the machine raised an exception that is not the program's; None where it is the program's."""
    frames = _frames(error.__traceback__)
    if not frames or not _is_ours(frames[-1]) or frames[-1].f_code is Facade.__getattr__.__code__:
        return None
    if isinstance(error, StopIteration):
        return None
    for frame in frames:
        entry = _ENTRIES.get(frame.f_code)
        if entry is not None and _is_ours(frame):
            operation = entry(frame.f_locals)
            if operation is None or not all(is_simple(one) for one in operation[1]):
                break
            return _difference(machine, error, *operation)
    return _named(error) if isinstance(error, _FAULTS) else None


def _frames(traceback):
    """The frames that an exception came through since the program's last one, outermost first."""
    frames = []
    while traceback is not None:
        frame = traceback.tb_frame
        frames = [] if frame.f_code.co_filename == PROGRAM else [*frames, frame]
        traceback = traceback.tb_next
    return frames


def _is_ours(frame):
    name = frame.f_globals.get("__name__") or ""
    return name.startswith(_PACKAGE + ".")


def is_simple(value):
    """Whether nothing of the program runs when an operation looks at a value, and nothing is used up."""
    pending = [value]
    left = MAX_NODES
    while pending:
        one = pending.pop()
        kind = type(one)
        left -= 1
        if left < 0:
            return False
        if kind is dict:
            pending += [*one.keys(), *one.values()]
        elif kind in _SPINES:
            pending += one
        elif kind not in _LEAVES and kind not in BOXES:
            return False
    return True


def _difference(machine, error, function, args, kwargs):
    """What doing an operation again shows."""
    args = [_bare(machine, one) for one in args]
    kwargs = {key: _bare(machine, one) for key, one in kwargs.items()}
    try:
        function(*args, **kwargs)
    except Halted:
        raise
    except Exception as again:
        if type(again) is type(error) and _said(machine, again) == _said(machine, error):
            return None
        return "%s, where Python says %s" % (_named(error), _named(again))
    return "%s, where Python raises nothing" % _named(error)


def _bare(machine, value):
    if type(value) is slice:
        return slice(*[machine.bare(bound) for bound in (value.start, value.stop, value.step)])
    return machine.bare_copy(value)


def _said(machine, error):
    return repr([machine.bare_copy(one) for one in error.args])


def _named(error):
    return "%s in %s" % (type(error).__name__, _frames(error.__traceback__)[-1].f_code.co_name)


def _call_of(names):
    """`(function, args, kwargs)` of a call, for values without terms; None where it is not to be made again."""
    function, args, kwargs = names["function"], tuple(names["args"]), names["kwargs"]
    if type(function) is Method:
        name = function.box_name
        return (lambda receiver, *rest, **more: getattr(receiver, name)(*rest, **more)), (function.box_self, *args), kwargs
    if type(function) not in _BUILTINS and type(function) is not type or function in _NOT_TWICE:
        return None
    if getattr(function, "__module__", "builtins") not in ("builtins", None):
        return None
    receiver = getattr(function, "__self__", None)
    if receiver is None or isinstance(receiver, (type, types.ModuleType)):
        return function, args, kwargs
    name = function.__name__
    return (lambda own, *rest, **more: getattr(own, name)(*rest, **more)), (receiver, *args), kwargs


def _of(function, *names):
    """The entry of a machine's method that does what `function` does to its arguments of these names."""
    return lambda found: (function, [found[name] for name in names], {})


_ENTRIES = {}


def register(machine):
    """Takes note of the methods of the machine's class that rewritten code calls."""
    for method, entry in (
        (machine.do_add, lambda found: (found["native"], [found["a"], found["b"]], {})),
        (machine.in_add, lambda found: (found["native"], [found["a"], found["b"]], {})),
        (machine.call, _call_of),
        (machine.get, _of(operator.getitem, "container", "index")),
        (machine.inside, _of(lambda item, container: item in container, "a", "b")),
        (machine.minus, _of(operator.neg, "value")),
        (machine.plus, _of(operator.pos, "value")),
        (machine.invert, _of(operator.invert, "value")),
        (machine.truth, _of(bool, "value")),
        (machine.loop, _of(iter, "iterable")),
        (machine.each, _of(iter, "iterable")),
        (machine.set_item, _of(operator.setitem, "container", "index", "value")),
        (machine.delete_item, _of(operator.delitem, "container", "index")),
        (machine.formatted, _formatted),
        (Box.__getattr__, lambda found: (getattr, [found["self"], found["name"]], {})),
    ):
        _ENTRIES[method.__code__] = entry


def _formatted(found):
    conversion = {ord("s"): str, ord("r"): repr, ord("a"): ascii}.get(found["conversion"], lambda value: value)
    return (lambda value, spec: format(conversion(value), spec)), [found["value"], found["spec"]], {}
