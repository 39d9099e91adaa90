"""Rules of what a run cannot know beforehand: chance, the clock and standard input, where they are asked to be unknowns."""

import random
import time

from ..values import GREATEST_CODE_POINT


def _integer_between(machine, low, high, value):
    name = machine.fresh_name("random")
    return machine.variable(name, min(max(machine.draws.get(name, value), low), high), low, high)


def _unless_known(source, rule, name):
    """A rule that holds where the source is an unknown; else the stated world answers."""

    def asked(machine, receiver, args, kwargs):
        if source not in machine.unknown:
            return NotImplemented
        if kwargs:
            machine.concretise(name)
            return NotImplemented
        return rule(machine, args, kwargs)

    return asked


def _randrange(machine, args, _kwargs):
    args = [machine.pin(one) for one in args]
    value = random.randrange(*args)
    numbers = range(*args)
    step = abs(numbers.step)
    if step != 1:
        return machine.item(list(numbers), _integer_between(machine, 0, len(numbers) - 1, numbers.index(value)))
    return _integer_between(machine, min(numbers[0], numbers[-1]), max(numbers[0], numbers[-1]), value)


def _randint(machine, args, _kwargs):
    low, high = [machine.pin(one) for one in args]
    return _integer_between(machine, low, high, random.randint(low, high))


def _choice(machine, args, _kwargs):
    (sequence,) = args
    if not len(sequence):
        return random.choice(machine.bare(sequence))
    index = random.randrange(len(sequence))
    return machine.item(sequence, _integer_between(machine, 0, len(sequence) - 1, index))


def _shuffle(machine, args, _kwargs):
    (sequence,) = args
    for last in range(len(sequence) - 1, 0, -1):
        other = machine.pin(_integer_between(machine, 0, last, random.randrange(last + 1)))
        sequence[last], sequence[other] = sequence[other], sequence[last]


def _noted(function, name):
    """What gives a float: the value of this run, noted."""

    def rule(machine, args, _kwargs):
        value = function(*[machine.plain(one, name) for one in args])
        machine.concretise(name)
        return value

    return rule


def _clock(function):
    def rule(machine, args, _kwargs):
        name = machine.fresh_name("clock")
        return machine.variable(name, machine.draws.get(name, function(*args)), 0, None)

    return rule


def _input(machine, args, _kwargs):
    for prompt in args:
        machine.printed.append(machine.to_text(prompt))
    line = input(*[machine.text_of(machine.to_text(prompt)) for prompt in args])
    name = machine.fresh_name("input")
    chars = []
    for place, char in enumerate(line):
        box = machine.variable("%s[%d]" % (name, place), ord(char), 0, GREATEST_CODE_POINT)
        terms = machine.terms
        same_line = terms.negation(terms.eq(box.box_term, terms.constant(10)))
        machine.restrict(same_line, "a line of %d characters" % len(line))
        chars.append(box.box_term)
    return machine.string(line, chars)


def _noted_functions(source, module):
    """What a module offers besides the functions that have rules."""
    for name in dir(module):
        function = getattr(module, name)
        if not name.startswith("_") and callable(function) and function not in FUNCTIONS:
            full = "%s.%s" % (module.__name__, name)
            FUNCTIONS[function] = _unless_known(source, _noted(function, full), full)


FUNCTIONS = {
    random.randint: _unless_known("random", _randint, "random.randint"),
    random.randrange: _unless_known("random", _randrange, "random.randrange"),
    random.choice: _unless_known("random", _choice, "random.choice"),
    random.shuffle: _unless_known("random", _shuffle, "random.shuffle"),
    input: _unless_known("stdin", _input, "input"),
}
METHODS = {}
for _name in ("time_ns", "monotonic_ns", "perf_counter_ns", "process_time_ns"):
    _function = getattr(time, _name)
    FUNCTIONS[_function] = _unless_known("clock", _clock(_function), "time." + _name)
_noted_functions("random", random)
_noted_functions("clock", time)
