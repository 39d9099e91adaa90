"""What a program gets when it imports: a module's public names, without the modules that it happens to hold.

`enum.sys` and `random._os` lead from a harmless module to the interpreter. A **facade** has what the module offers and
nothing else; asking it for more ends the run as unsupported, while a name that the module lacks is missing as always.
"""

import builtins
import sys
import types

MODULES = frozenset(
    "__future__ abc array bisect collections collections.abc copy dataclasses datetime decimal enum fractions functools "
    "heapq itertools json math numbers operator random re statistics string textwrap time typing unicodedata".split()
)
# They read attributes, make classes or evaluate texts by name.
WITHHELD = {
    "dataclasses": frozenset(("make_dataclass",)),
    "operator": frozenset(("attrgetter", "methodcaller")),
    "string": frozenset(("Formatter",)),
    "typing": frozenset(("ForwardRef", "evaluate_forward_ref", "get_args", "get_type_hints")),
}


class Facade(types.ModuleType):
    """A module as programs see it."""

    __slots__ = ("box_halt", "box_module")

    def __init__(self, module, halt):
        types.ModuleType.__init__(self, module.__name__, module.__doc__)
        for name in offered(module):
            self.__dict__[name] = getattr(module, name)
        types.ModuleType.__setattr__(self, "box_module", module)
        types.ModuleType.__setattr__(self, "box_halt", halt)

    def __getattr__(self, name):
        module = self.box_module
        if name.startswith("__") and not hasattr(module, name):
            raise AttributeError(name)
        getattr(module, name)
        return self.box_halt("unsupported", "the program asks %s for %s" % (module.__name__, name))

    def __setattr__(self, name, _value):
        self.box_halt("unsupported", "the program changes %s of %s" % (name, self.box_module.__name__))

    def __delattr__(self, name):
        self.__setattr__(name, None)

    def __repr__(self):
        return repr(self.box_module)


def offered(module):
    """The names of a module that programs get."""
    names = getattr(module, "__all__", None)
    if names is None:
        names = [name for name in vars(module) if not name.startswith("_")]
    withheld = WITHHELD.get(module.__name__, ())
    return [name for name in names if name not in withheld and not isinstance(getattr(module, name), types.ModuleType)]


class Importer:
    """`__import__` of a program.

    halt: ends the run, with a reason and a detail.
    """

    def __init__(self, halt):
        self._halt = halt
        self._facades = {}

    def namespace(self):
        """Builtins for the program, which import by this importer."""
        return {**vars(builtins), "__import__": self._import}

    def _import(self, name, globals=None, locals=None, fromlist=(), level=0):  # noqa: A002
        if level or name not in MODULES:
            self._halt("unsupported", "the program imports %s" % name)
        found = self._facade(name if fromlist else name.partition(".")[0])
        for one in fromlist or ():
            if one not in vars(found):
                self._halt("unsupported", "the program imports %s from %s" % (one, name))
        return found

    def _facade(self, name):
        found = self._facades.get(name)
        if found is None:
            __import__(name)
            found = self._facades[name] = Facade(sys.modules[name], self._halt)
            for other in MODULES:
                if other.startswith(name + "."):
                    found.__dict__[other[len(name) + 1 :]] = self._facade(other)
        return found
