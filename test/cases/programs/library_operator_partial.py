# entry: call run([{"n": 3, "s": "b"}, {"n": 1, "s": "a"}])
# returns: (8, ['a', 'b'], 42, 5, ['int 1', 'something', ['int 2']])
# about: functools.partial, operator and singledispatch
from functools import partial, singledispatch
from operator import attrgetter, itemgetter, mul


def power(base, exponent):
    return base**exponent


@singledispatch
def describe(value):
    return "something"


@describe.register
def _(value: int):
    return f"int {value}"


@describe.register(list)
def _(value):
    return [describe(item) for item in value]


def run(rows):
    cube = partial(power, exponent=3)
    ordered = sorted(rows, key=itemgetter("n"))
    return cube(2), [row["s"] for row in ordered], mul(6, 7), attrgetter("real")(5), describe([1, "x", [2]])
