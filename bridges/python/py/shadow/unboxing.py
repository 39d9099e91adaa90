"""Giving terms up: values as plain Python has them, with a note where a term was lost."""

import types
from collections import deque

from .boxes import BOXES, Bool, Box, Int, Range, Str

_ATOMS = frozenset((int, bool, str, float, bytes, type(None), complex, type, types.FunctionType, types.ModuleType))
_COPIED = frozenset((list, tuple, dict, set, frozenset))
MAX_NODES = 200_000


def builtin_method(kind, name):
    """The method of a class, or of the nearest one above it that is not the program's."""
    return next(vars(base)[name] for base in kind.__mro__ if name in vars(base) and base.__module__ != "__main__")


class Unboxing:
    """The part of the machine that gives terms up."""

    def bare(self, value):
        """A box's value, nothing looked into and nothing noted: for what is decided or checked by other means."""
        kind = type(value)
        if kind is Int or kind is Bool or kind is Str:
            return value.box_value
        if kind is Range:
            return range(int(self.bare(value.box_start)), int(self.bare(value.box_stop)), value.box_step)
        return value

    def drop(self, value, construct):
        """The same, noted."""
        if type(value) in BOXES:
            self.concretise(construct)
            return self.bare(value)
        return value

    def has_terms(self, value):
        """Whether there is a box in a value, however deep."""
        kind = type(value)
        if kind in BOXES:
            return True
        if kind in _ATOMS:
            return False
        pending, seen = [value], set()
        while pending:
            one = pending.pop()
            kind = type(one)
            if kind in BOXES:
                return True
            if kind in _ATOMS or id(one) in seen:
                continue
            seen.add(id(one))
            if len(seen) > MAX_NODES:
                return True
            pending.extend(self._inside(one))
        return False

    def _inside(self, value):
        if isinstance(value, dict):
            return [*dict.keys(value), *dict.values(value)]
        if isinstance(value, (list, tuple, set, frozenset, deque)):
            return list(value)
        found = getattr(value, "__dict__", None) if self.is_own_type(type(value)) else None
        return list(found.values()) if isinstance(found, dict) else []

    def plain(self, value, construct):
        """A value without any box, noted where there was one. What can be changed is changed in place, so that it stays
        the same object."""
        if not self.has_terms(value):
            return value
        self.concretise(construct)
        return self._stripped(value, {}, 0)

    def _stripped(self, value, done, depth):
        kind = type(value)
        if kind in BOXES:
            return self.bare(value)
        if kind in _ATOMS or not self.has_terms(value):
            return value
        if id(value) in done:
            return done[id(value)]
        if depth > 100:
            self.halt("unsupported", "a value is nested deeper than 100 levels")
        done[id(value)] = value

        def strip(one):
            return self._stripped(one, done, depth + 1)

        if isinstance(value, list):
            value[:] = [strip(one) for one in value]
        elif isinstance(value, dict):
            items = [(strip(key), strip(one)) for key, one in dict.items(value)]
            with self.keys():
                builtin_method(kind, "clear")(value)
                store = builtin_method(kind, "__setitem__")
                for key, one in items:
                    store(value, key, one)
            self.keyed.pop(id(value), None)
        elif isinstance(value, deque):
            items = [strip(one) for one in value]
            value.clear()
            value.extend(items)
        elif isinstance(value, set):
            items = [strip(one) for one in value]
            with self.keys():
                value.clear()
                value.update(items)
            self.keyed.pop(id(value), None)
        elif kind is tuple or kind is frozenset:
            done[id(value)] = value = kind(strip(one) for one in value)
        elif isinstance(value, tuple):
            done[id(value)] = value = tuple.__new__(kind, [strip(one) for one in value])
        elif isinstance(getattr(value, "__dict__", None), dict):
            for name, one in list(value.__dict__.items()):
                value.__dict__[name] = strip(one)
        return value

    def bare_copy(self, value, done=None, depth=0):
        """A value as it is without terms, for its repr: containers are copied, nothing is noted, nothing changes."""
        kind = type(value)
        if kind in BOXES:
            return self.bare(value)
        done = {} if done is None else done
        if id(value) in done:
            return done[id(value)]
        if depth > 100 or kind not in _COPIED or not self.has_terms(value):
            return value
        if kind is list or kind is dict:
            done[id(value)] = copy = kind()
            if kind is list:
                copy.extend([self.bare_copy(one, done, depth + 1) for one in value])
            else:
                for key, one in value.items():
                    copy[self.bare_copy(key, done, depth + 1)] = self.bare_copy(one, done, depth + 1)
            return copy
        return kind([self.bare_copy(one, done, depth + 1) for one in value])

    def for_patterns(self, value, decided):
        """A value that patterns can be held against: dicts have plain keys; where True or False is asked for by a pattern,
        bools are decided."""
        if type(value) is dict and self.is_keyed(value):
            return self.plain(value, "match on keys")
        if not decided or not self.has_terms(value):
            return value
        if type(value) is Bool:
            return self.truth(value)
        if type(value) in (list, tuple):
            return type(value)(self.for_patterns(one, decided) for one in value)
        return self.plain(value, "match") if type(value) not in BOXES else value
