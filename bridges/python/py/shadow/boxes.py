"""Values with a term beside them.

A box is no subclass of what it stands for: a C function that wants an int refuses it, so a term is never lost unseen.
What Python dispatches by itself (operators, truth, hashing, iteration) comes back to the machine, which makes terms,
decides, or records that it gave a term up. The classes are named like what they stand for, because CPython writes those
names into its messages. Attributes start with `box_`, which programs may not name.
"""

_machine = [None]


def attach(machine):
    """Boxes ask this machine from now on."""
    _machine[0] = machine


class Method:
    """A method of a box, before it is called."""

    __slots__ = ("box_name", "box_self")

    def __init__(self, receiver, name):
        self.box_self = receiver
        self.box_name = name

    def __call__(self, *args, **kwargs):
        return _machine[0].call_method(self.box_self, self.box_name, args, kwargs)


def _binary(name):
    def forward(self, other):
        return _machine[0].arithmetic(name, self, other)

    def reflected(self, other):
        return _machine[0].arithmetic(name, other, self)

    return forward, reflected


def _comparison(name):
    def compare(self, other):
        return _machine[0].comparison(name, self, other)

    return compare


class Box:
    __slots__ = ()

    def __bool__(self):
        return _machine[0].truth(self)

    def __hash__(self):
        return _machine[0].hash_of(self)

    def __str__(self):
        return str(_machine[0].drop(self, "str"))

    def __repr__(self):
        return repr(_machine[0].drop(self, "repr"))

    def __format__(self, spec):
        return format(_machine[0].drop(self, "format"), spec)

    def __getattr__(self, name):
        return _machine[0].attribute(self, name)

    __eq__ = _comparison("==")
    __ne__ = _comparison("!=")
    __lt__ = _comparison("<")
    __le__ = _comparison("<=")
    __gt__ = _comparison(">")
    __ge__ = _comparison(">=")
    __add__, __radd__ = _binary("+")
    __mul__, __rmul__ = _binary("*")
    __mod__, __rmod__ = _binary("%")


class Number(Box):
    __slots__ = ()

    __sub__, __rsub__ = _binary("-")
    __floordiv__, __rfloordiv__ = _binary("//")
    __truediv__, __rtruediv__ = _binary("/")
    __pow__, __rpow__ = _binary("**")
    __lshift__, __rlshift__ = _binary("<<")
    __rshift__, __rrshift__ = _binary(">>")
    __and__, __rand__ = _binary("&")
    __or__, __ror__ = _binary("|")
    __xor__, __rxor__ = _binary("^")

    def __divmod__(self, other):
        machine = _machine[0]
        return machine.arithmetic("//", self, other), machine.arithmetic("%", self, other)

    def __rdivmod__(self, other):
        machine = _machine[0]
        return machine.arithmetic("//", other, self), machine.arithmetic("%", other, self)

    def __neg__(self):
        return _machine[0].negative(self)

    def __pos__(self):
        return _machine[0].positive(self)

    def __invert__(self):
        return _machine[0].inverted(self)

    def __abs__(self):
        return _machine[0].absolute(self)

    def __index__(self):
        return int(_machine[0].drop(self, "index"))

    def __int__(self):
        return int(_machine[0].drop(self, "int"))

    def __float__(self):
        return float(_machine[0].drop(self, "float"))

    def __round__(self, digits=None):
        if digits is None:
            return _machine[0].positive(self)
        return round(_machine[0].drop(self, "round"), digits)

    def __floor__(self):
        return _machine[0].positive(self)

    __ceil__ = __trunc__ = __floor__


class Int(Number):
    """An integer; its term has sort int."""

    __slots__ = ("box_term", "box_value")
    __class__ = int

    def __init__(self, value, term):
        self.box_value = value
        self.box_term = term


class Bool(Number):
    """A truth value; its term has sort bool."""

    __slots__ = ("box_term", "box_value")
    __class__ = bool

    def __init__(self, value, term):
        self.box_value = value
        self.box_term = term


class Str(Box):
    """A text of known length: for each code point a term, or None where it is the same for all inputs."""

    __slots__ = ("box_chars", "box_value")
    __class__ = str

    def __init__(self, value, chars):
        self.box_value = value
        self.box_chars = chars

    def __len__(self):
        return len(self.box_value)

    def __iter__(self):
        return iter(_machine[0].characters(self))

    def __getitem__(self, index):
        return _machine[0].item(self, index)

    def __contains__(self, item):
        return _machine[0].truth(_machine[0].contains(item, self))


class Range:
    """A `range` whose start or stop has a term; its step is a plain number. Each turn of a loop over it is a decision."""

    __slots__ = ("box_start", "box_step", "box_stop")
    __class__ = range

    def __init__(self, start, stop, step):
        self.box_start = start
        self.box_stop = stop
        self.box_step = step

    def __iter__(self):
        return _machine[0].count_up(self)

    def __getitem__(self, index):
        return _machine[0].item(self, index)

    def __contains__(self, item):
        return _machine[0].truth(_machine[0].contains(item, self))

    def __eq__(self, other):
        return _machine[0].plain(self, "range.__eq__") == _machine[0].plain(other, "range.__eq__")

    def __hash__(self):
        return hash(_machine[0].plain(self, "hash"))

    def __repr__(self):
        return repr(_machine[0].plain(self, "repr"))

    def __getattr__(self, name):
        return Method(self, name)


for _box, _name in ((Int, "int"), (Bool, "bool"), (Str, "str"), (Range, "range")):
    _box.__name__ = _box.__qualname__ = _name
    _box.__module__ = "builtins"

BOXES = frozenset((Int, Bool, Str, Range))
NUMBERS = frozenset((Int, Bool))


def plain_type(value):
    """The type that the program sees."""
    kind = type(value)
    if kind is Int:
        return int
    if kind is Bool:
        return bool
    if kind is Str:
        return str
    return range if kind is Range else kind
