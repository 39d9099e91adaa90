"""The machine that a rewritten program runs on: it decides, records, and gives terms up where there is no rule."""

import operator
import sys

from . import boxes
from .arithmetic import NATIVE as ARITHMETIC
from .arithmetic import Arithmetic
from .blame import fault, register
from .boxes import BOXES, Bool, Box, Int, Method, Range, Str
from .calls import Calls
from .comparisons import NATIVE as COMPARISONS
from .comparisons import Comparisons
from .containers import Containers
from .formats import Formats
from .halt import Halted
from .keyed import Keyed
from .terms import Terms
from .texts import Texts
from .unboxing import Unboxing

MAX_CONDITIONS = 20_000
MAX_TEXT = 200
# Operations a step of the budget: a statement does a few.
WORK_PER_STEP = 20
MAX_STEPS = 2_000_000


class _Keys:
    """While it is entered, hashing and comparing keys is native: their equality was decided before."""

    __slots__ = ("_machine",)

    def __init__(self, machine):
        self._machine = machine

    def __enter__(self):
        self._machine.hashing += 1

    def __exit__(self, *_exception):
        self._machine.hashing -= 1


class Machine(Arithmetic, Comparisons, Containers, Keyed, Texts, Formats, Unboxing, Calls):
    """State of one run.

    sites: places in the source that rewritten code names by number, see `sites.py`.
    """

    def __init__(self, sites, steps, unknown, rules):
        self.terms = Terms()
        self.sites = sites
        self.site = 0
        self.variables = []
        self.conditions = []
        self.concretised = {}
        self.lines = []
        self.printed = []
        self.recording = False
        self.halted = None
        self.unknown = frozenset(unknown)
        # Values that draws from unknown sources have instead of the world's, by the names of the draws.
        self.draws = {}
        self.rules = rules
        self.namespace = None
        self.keyed = {}
        self.hashing = 0
        # Whether code that was not rewritten compares fields of the program's classes.
        self.compares_unseen = False
        self.kept = None
        self._keys = _Keys(self)
        self._decided = {}
        self._blameless = None
        self._steps = min(steps, MAX_STEPS)
        self._work = self._steps * WORK_PER_STEP
        self._sources = {}
        boxes.attach(self)

    def keys(self):
        return self._keys

    # Ending

    def halt(self, reason, detail):
        self.halted = Halted(reason, detail)
        raise self.halted

    def disagree(self, value, term):
        self.halt(
            "engine",
            "line %d: the term says %r, the program has %r" % (self.sites.line(self.site), self.terms.values[term], value),
        )

    def work(self, amount=1):
        self._work -= amount
        if self._work < 0:
            self.halt("budget", "the run takes more than %d steps" % self._steps)

    # Recording

    def variable(self, name, value, least=None, greatest=None):
        """A new unknown, as a number with its term."""
        term = self.terms.variable(name, value)
        self.variables.append((name, type(value) is bool, value, least, greatest))
        return Bool(value, term) if type(value) is bool else Int(value, term)

    def fresh_name(self, source):
        """`random#0`, `random#1` and so on."""
        number = self._sources.get(source, 0)
        self._sources[source] = number + 1
        return "%s#%d" % (source, number)

    def begin_line(self, line):
        """A statement begins, or a loop asks whether to go on. Returns True."""
        if self.halted is not None:
            raise self.halted
        self.work()
        if self.recording:
            if len(self.lines) >= self._steps:
                self.halt("budget", "the run takes more than %d steps" % self._steps)
            self.lines.append(line)
        return True

    def concretise(self, construct):
        """Notes that a term was given up at the current site."""
        self.concretised[self.sites.place(self.site), construct] = None

    def decide(self, term, text=None, part=None):
        """The value of a condition, which becomes part of the path."""
        terms = self.terms
        value = terms.values[term]
        if terms.is_constant(term) or term in self._decided:
            return value
        self._record("branch", term, self.sites.text(self.site, text, part), None)
        return value

    def restrict(self, term, restriction):
        """The run goes on for inputs only that meet a condition; it holds in this run."""
        if not self.terms.is_constant(term) and term not in self._decided:
            self._record("assumption", term, restriction, restriction)

    def require(self, term, text):
        """The caller's precondition."""
        self._record("requires", term, text, None)

    def _record(self, kind, term, text, restriction):
        terms = self.terms
        if len(self.conditions) >= MAX_CONDITIONS:
            self.halt("budget", "the run decides more than %d times" % MAX_CONDITIONS)
        taken = terms.values[term]
        self._decided[term] = self._decided[terms.negation(term)] = True
        line, column = self.sites.place(self.site)
        if len(text) > MAX_TEXT:
            text = text[: MAX_TEXT - 1] + "…"
        self.conditions.append((kind, line, column, text, taken, term, len(self.lines), restriction))

    def pin(self, number):
        """A number without its term: the path says that it has this value."""
        if type(number) not in (Int, Bool):
            return number if type(number) is bool or type(number) is int else self.bare(number)
        value = int(number.box_value)
        self.decide(self.terms.eq(self.term_of(number), self.terms.constant(value)), "%%s == %d" % value, "right")
        return value

    # What rewritten code calls

    def truth(self, value, site=None):
        """The truth of a value, decided."""
        kind = type(value)
        if kind is bool:
            return value
        if site is not None:
            self.site = site
        if kind is Bool:
            return self.decide(value.box_term)
        if kind is Int:
            terms = self.terms
            return self.decide(terms.negation(terms.eq(value.box_term, terms.constant(0))))
        if kind is Str:
            return len(value.box_value) > 0
        if kind is Range:
            return self.truth(self.range_length(value))
        return bool(value)

    def negated(self, value, site):
        """`not value`."""
        kind = type(value)
        self.site = site
        if kind is Bool:
            return self.boolean(not value.box_value, self.terms.negation(value.box_term))
        if kind is Int:
            return self.boolean(value.box_value == 0, self.terms.eq(value.box_term, self.terms.constant(0)))
        return not self.truth(value)

    def minus(self, value, site):
        self.site = site
        return -value

    def plus(self, value, site):
        self.site = site
        return +value

    def invert(self, value, site):
        self.site = site
        return ~value

    def keep(self, value):
        """Holds the value of an expression until `take`, with nothing in between."""
        self.kept = value

    def take(self):
        return self.kept

    def goes_on(self, value, site):
        """Left side of `and`: whether the right one is asked; else `take` gives the result."""
        self.kept = value
        kept = self.truth(value, site)
        self.kept = value
        return kept

    def stops(self, value, site):
        """Left side of `or`: whether the right one is not asked."""
        return self.goes_on(value, site)

    def link(self, compare, a, b, site):
        """A part of a chain of comparisons: whether the next is asked, which `take` gives its left side; else the result."""
        result = compare(a, b, site)
        goes_on = self.truth(result, site)
        self.kept = b if goes_on else result
        return goes_on

    def same(self, a, b, site):
        """`a is b`."""
        if type(a) not in BOXES and type(b) not in BOXES:
            return a is b
        self.site = site
        for one, other in ((a, b), (b, a)):
            if type(one) is Bool and (type(other) is bool or type(other) is Bool):
                return self.comparison("==", one, other)
        if type(self.bare(a)) is not type(self.bare(b)):
            return False
        self.concretise("is")
        return self.bare(a) is self.bare(b)

    def different(self, a, b, site):
        """`a is not b`."""
        return self.negated(self.same(a, b, site), site)

    def inside(self, a, b, site):
        """`a in b`."""
        self.site = site
        return self.contains(a, b)

    def outside(self, a, b, site):
        """`a not in b`."""
        return self.negated(self.inside(a, b, site), site)

    def get(self, container, index, site):
        """`container[index]`."""
        self.site = site
        kind = type(index)
        if kind is int and type(container) is list:
            return container[index]
        return self.item(container, index)

    def slice(self, start, stop, step):
        """A slice, whose bounds may be boxes."""
        return slice(start, stop, step)

    def place(self, container, site):
        """What stands for a container where one of its items is written or deleted."""
        return _Place(self, container, site)

    def open_item(self, container, index, site):
        """`container[index] op= …`: what `close_item` needs, with the old value."""
        self.site = site
        if type(container) is list:
            index = self._exact_index(container, index)
        return container, index, self.item(container, index)

    def close_item(self, opened, operate, value, site):
        container, index, old = opened
        result = operate(old, value, site)
        self.site = site
        self.set_item(container, index, result)

    def loop(self, iterable, line, site):
        """Items of the iterable of a `for`; each time but the first that it asks for one is a line begun."""
        self.site = site
        self.note_order(iterable)
        return self._turns(iter(iterable), line)

    def _turns(self, iterator, line):
        for item in iterator:
            self.note_order(item)
            yield item
            self.begin_line(line)

    def each(self, iterable, site):
        """Items of the iterable of a comprehension."""
        self.site = site
        self.note_order(iterable)
        return self._counted(iter(iterable))

    def _counted(self, iterator):
        for item in iterator:
            self.work()
            self.note_order(item)
            yield item

    def spread(self, iterable, site):
        """What is unpacked."""
        self.site = site
        self.note_order(iterable)
        return iterable

    def note_order(self, iterable):
        """The order of a set is that of its hashes."""
        if type(iterable) in (set, frozenset) and len(iterable) > 1 and self.is_keyed(iterable):
            self.concretise("set order")

    def reraise(self):
        """At the begin of each handler: the end of the run is no exception of the program, nor is a fault of ours."""
        if self.halted is not None:
            raise self.halted
        kind, error, _ = sys.exc_info()
        if kind in (RecursionError, MemoryError):
            # The depth at which CPython gives up is another one on this machine.
            self.halt("budget", kind.__name__)
        if error is not None:
            self.check_blame(error)

    def check_blame(self, error):
        """Ends the run where an exception is no exception of the program."""
        if error is not self._blameless:
            found = fault(self, error)
            if found is not None:
                self.halt("engine", "line %d: %s" % (self.sites.line(self.site), found))
            self._blameless = error

    def caught(self, kind, line):
        """The class of an `except`, whose line begins."""
        self.reraise()
        if self.recording:
            self.lines.append(line)
        return kind

    def subject(self, value, decided, site):
        """Subject of a `match`: Python itself then compares and decides. `decided`: a pattern asks for True or False."""
        self.site = site
        return self.for_patterns(value, decided)

    def answered(self, value, site):
        """What a method returns whose result CPython wants plain, such as `__len__`."""
        self.site = site
        if type(value) is Bool:
            return self.truth(value)
        return self.drop(value, "the result of a special method")

    def attribute(self, box, name):
        """An attribute of a box."""
        found = getattr(self.bare(box), name)
        if callable(found):
            return Method(box, name)
        if isinstance(box, Str) or name not in ("real", "numerator"):
            return found
        return self.positive(box)

    def is_own_type(self, kind):
        """Whether the program defined this class."""
        return getattr(kind, "__module__", None) == "__main__"


class _Place:
    """A container as the target of an assignment."""

    __slots__ = ("_container", "_machine", "_site")

    def __init__(self, machine, container, site):
        self._machine = machine
        self._container = container
        self._site = site

    def __setitem__(self, index, value):
        self._machine.site = self._site
        self._machine.set_item(self._container, index, value)

    def __delitem__(self, index):
        self._machine.site = self._site
        self._machine.delete_item(self._container, index)


def _operation(name, native, symbolic):
    """Method of the machine for one binary operator."""

    def operate(self, a, b, site):
        self.site = site
        kind_a, kind_b = type(a), type(b)
        if kind_a in BOXES or kind_b in BOXES:
            result = symbolic(self, name, a, b)
            return native(a, b) if result is NotImplemented else result
        if kind_a in _LOOKED_INTO:
            return self.of_containers(name, native, a, b)
        if self.keyed and isinstance(a, (list, tuple)):
            a, b = self.settled(a), self.settled(b)
        return native(a, b)

    return operate


_LOOKED_INTO = frozenset((set, frozenset, dict, str))

OPERATIONS = {"+": "add", "-": "subtract", "*": "multiply", "/": "divide", "//": "floor_divide", "%": "modulo"}
OPERATIONS.update({"**": "power", "<<": "shift_left", ">>": "shift_right", "&": "both", "|": "either", "^": "one_of"})
OPERATIONS.update({"@": "matrix", "==": "equal", "!=": "unequal", "<": "less", "<=": "at_most", ">": "more"})
OPERATIONS[">="] = "at_least"

for _name, _method in OPERATIONS.items():
    if _name in ARITHMETIC:
        setattr(Machine, "do_" + _method, _operation(_name, ARITHMETIC[_name], Machine.arithmetic))
    else:
        setattr(Machine, "do_" + _method, _operation(_name, COMPARISONS[_name], Machine.comparison))

_INPLACE = {
    "+": operator.iadd,
    "*": operator.imul,
    "-": operator.isub,
    "&": operator.iand,
    "|": operator.ior,
    "^": operator.ixor,
    "%": operator.imod,
    "//": operator.ifloordiv,
    "/": operator.itruediv,
    "**": operator.ipow,
    "<<": operator.ilshift,
    ">>": operator.irshift,
    "@": operator.imatmul,
}

for _name, _native in _INPLACE.items():

    def _update(self, a, b, site, name=_name, native=_native):
        self.site = site
        kind = type(a)
        if kind is list and name == "+":
            # Not by `operator.iadd`, which asks a box on the right first.
            self.note_order(b)
            return list.__iadd__(a, b)
        if kind in _LOOKED_INTO or kind in BOXES or type(b) in BOXES:
            if kind in (set, dict) and name in ("|", "&", "-", "^"):
                return self.updated(name, native, a, b)
            if kind is list:
                b = self.pin(b) if name == "*" else b
                return native(a, b)
            return getattr(self, "do_" + OPERATIONS[name])(a, b, site)
        return native(a, b)

    setattr(Machine, "in_" + OPERATIONS[_name], _update)

register(Machine)
