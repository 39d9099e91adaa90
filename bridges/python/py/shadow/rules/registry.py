"""Rules by what they are for."""


class Rules:
    """The rules of some modules, each with `FUNCTIONS` (callable → rule) and `METHODS` ((type, name) → rule).

    Raises ValueError where two modules have a rule for the same.
    """

    def __init__(self, modules):
        self.functions = {}
        self.methods = {}
        for module in modules:
            for mine, theirs in ((self.functions, module.FUNCTIONS), (self.methods, module.METHODS)):
                if not mine.keys().isdisjoint(theirs):
                    raise ValueError("two rules for one: %r" % sorted(map(str, mine.keys() & theirs.keys())))
                mine.update(theirs)


def natively(function):
    """The rule of a function that never looks at elements, or only by operators, which come back to the machine. The
    order of a set that it goes through is noted."""

    def rule(machine, _receiver, args, kwargs):
        for one in args:
            machine.note_order(one)
        return function(*args, **kwargs)

    return rule


def method_natively(kind, name):
    """The same for a method."""
    method = getattr(kind, name)

    def rule(machine, receiver, args, kwargs):
        for one in args:
            machine.note_order(one)
        return method(receiver, *args, **kwargs)

    return rule
