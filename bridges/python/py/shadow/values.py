"""Values of the run as trees for the host (`ShadowValue` of `core/shadow.ts`), and unknowns made of arguments."""

from .boxes import Bool, Int, Str

MAX_NODES = 100_000
MAX_DEPTH = 60
GREATEST_CODE_POINT = 0x10FFFF


class Encoder:
    """Writes values as trees.

    Parts of a value that is too large or too deep, and what holds itself, are written as `opaque`.
    """

    def __init__(self, machine):
        self._machine = machine
        self._left = MAX_NODES

    def encode(self, value, depth=0, above=()):
        self._left -= 1
        kind = type(value)
        if kind is Int:
            return {"t": "int", "v": str(value.box_value), "term": value.box_term}
        if kind is Bool:
            return {"t": "bool", "v": value.box_value, "term": value.box_term}
        if kind is Str:
            return {"t": "str", "v": value.box_value, "chars": list(value.box_chars)}
        if value is None:
            return {"t": "none"}
        if kind in _LEAVES:
            return _LEAVES[kind](value)
        if depth > MAX_DEPTH or self._left < 0 or any(value is one for one in above):
            return {"t": "opaque", "type": kind.__name__, "v": "..."}
        return self._nested(value, kind, depth + 1, (*above, value))

    def _nested(self, value, kind, depth, above):
        if kind in _NAMES:
            return {"t": _NAMES[kind], "items": [self.encode(one, depth, above) for one in value]}
        if kind is dict:
            items = [[self.encode(key, depth, above), self.encode(one, depth, above)] for key, one in value.items()]
            return {"t": "dict", "items": items}
        machine = self._machine
        if machine.is_own_type(kind) and type(getattr(value, "__dict__", None)) is dict:
            items = [[name, self.encode(one, depth, above)] for name, one in value.__dict__.items()]
            return {"t": "object", "type": kind.__name__, "items": items}
        return {"t": "opaque", "type": kind.__name__, "v": repr(machine.plain(value, "a value of type " + kind.__name__))}


_NAMES = {list: "list", tuple: "tuple", set: "set", frozenset: "frozenset"}


def _integer(value):
    return {"t": "int", "v": str(value)} if value.bit_length() < 13_000 else {"t": "opaque", "type": "int", "v": hex(value)}


_LEAVES = {
    int: _integer,
    bool: lambda value: {"t": "bool", "v": value},
    str: lambda value: {"t": "str", "v": value},
    float: lambda value: {"t": "float", "v": repr(value)},
    bytes: lambda value: {"t": "bytes", "v": repr(value)},
}


def decode(tree):
    """The plain value of a tree."""
    kind = tree["t"]
    if kind == "none":
        return None
    if kind == "int" or kind == "float":
        return (int if kind == "int" else float)(tree["v"])
    if kind == "bool" or kind == "str":
        return tree["v"]
    if kind == "list":
        return [decode(one) for one in tree["items"]]
    if kind == "dict":
        return {decode(key): decode(one) for key, one in tree["items"]}
    if kind in ("tuple", "set", "frozenset"):
        return {"tuple": tuple, "set": set, "frozenset": frozenset}[kind]([decode(one) for one in tree["items"]])
    raise ValueError("an argument cannot be of kind %s" % kind)


def symbolic(machine, name, value, done=None, depth=0):
    """The same value with an unknown for each int, bool and code point. Keys of dicts and elements of sets stay: they
    are part of its shape. Lists and dicts stay the same objects, which others may hold as well.

    done: what was made of objects that were met before, by id.
    """
    kind = type(value)
    if kind is int or kind is bool:
        return machine.variable(name, value)
    if kind is str:
        chars = [
            machine.variable("%s[%d]" % (name, place), ord(char), 0, GREATEST_CODE_POINT).box_term
            for place, char in enumerate(value)
        ]
        return machine.string(value, chars)
    done = {} if done is None else done
    if id(value) in done or kind not in (list, tuple, dict):
        return done.get(id(value), value)
    if depth > MAX_DEPTH:
        machine.halt("unsupported", "an argument is nested deeper than %d levels" % MAX_DEPTH)
    if kind is tuple:
        done[id(value)] = made = tuple(
            [symbolic(machine, "%s[%d]" % (name, place), one, done, depth + 1) for place, one in enumerate(value)]
        )
        return made
    done[id(value)] = value
    for place, one in list(enumerate(value) if kind is list else value.items()):
        value[place] = symbolic(machine, "%s[%r]" % (name, place), one, done, depth + 1)
    return value


def copied(value, depth=0):
    """A copy of containers, with the same boxes in it."""
    kind = type(value)
    if depth > MAX_DEPTH:
        return value
    if kind is list or kind is tuple:
        return kind([copied(one, depth + 1) for one in value])
    if kind is dict:
        return {key: copied(one, depth + 1) for key, one in value.items()}
    return set(value) if kind is set else value
