"""A small stand-in for pytest in the sealed interpreter: functions and classes of tests, `raises`, `approx`, `skip`,
`fail`, `mark.parametrize`, `mark.skip` and `mark.skipif`, and `unittest.TestCase`.

Fixtures, plugins, `conftest.py` and the rewriting of assertions are not there: a test that asks for a fixture fails and
says so.
"""

import inspect
import itertools
import json
import math
import re


class Skipped(Exception):
    pass


class Failed(AssertionError):
    pass


def skip(reason=""):
    raise Skipped(reason)


def fail(reason="", pytrace=True):
    raise Failed(reason)


def importorskip(name):
    try:
        return __import__(name)
    except ImportError:
        raise Skipped("no module " + name) from None


class raises:
    def __init__(self, expected, *args, match=None, **kwargs):
        self.expected = expected
        self.match = match
        self.value = None
        if args:
            with self:
                args[0](*args[1:], **kwargs)

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            raise Failed("DID NOT RAISE %r" % (self.expected,))
        if not issubclass(kind, self.expected):
            return False
        self.type, self.value, self.tb = kind, value, traceback
        if self.match is not None and not re.search(self.match, str(value)):
            raise Failed("%r does not match %r" % (self.match, str(value)))
        return True


class approx:
    def __init__(self, expected, rel=1e-6, abs=1e-12):
        self.expected, self.rel, self.abs = expected, rel, abs

    def near(self, expected, actual):
        if isinstance(expected, dict):
            return expected.keys() == actual.keys() and all(self.near(expected[key], actual[key]) for key in expected)
        if isinstance(expected, (list, tuple)):
            return len(expected) == len(actual) and all(map(self.near, expected, actual))
        if isinstance(expected, (int, float)) and isinstance(actual, (int, float)):
            return math.isclose(expected, actual, rel_tol=self.rel, abs_tol=self.abs)
        return expected == actual

    def __eq__(self, other):
        return self.near(self.expected, other)

    def __repr__(self):
        return "approx(%r)" % (self.expected,)


class Parameters:
    def __init__(self, values, id=None):
        self.values = values


def param(*values, id=None, marks=()):
    return Parameters(values)


def fixture(function=None, **_options):
    return function if function is not None else lambda inner: inner


class Mark:
    def parametrize(self, names, values, **_options):
        names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)

        def mark(function):
            cases = []
            for value in values:
                if isinstance(value, Parameters):
                    value = value.values if len(names) > 1 else value.values[0]
                cases.append(dict(zip(names, value if len(names) > 1 else [value])))
            function.assay_cases = [*getattr(function, "assay_cases", []), cases]
            return function

        return mark

    def skipif(self, condition, reason=""):
        return self.skip(reason) if condition else lambda function: function

    def skip(self, reason=""):
        if callable(reason):
            return self.skip("")(reason)

        def mark(function):
            function.assay_skip = True
            return function

        return mark

    def __getattr__(self, name):
        return lambda *args, **_: args[0] if len(args) == 1 and callable(args[0]) else lambda function: function


mark = Mark()
tests = {}


def add(name, function, make):
    if getattr(function, "assay_skip", False):
        return
    groups = getattr(function, "assay_cases", [])
    for number, combination in enumerate(itertools.product(*groups)):
        arguments = {key: value for case in combination for key, value in case.items()}
        tests["%s[%d]" % (name, number) if groups else name] = (make, arguments)


def list_tests(module):
    """Prints the names of a module's tests as JSON."""
    for name, value in vars(module).items():
        if name.startswith("test") and inspect.isfunction(value):
            add(name, value, lambda value=value: value)
        elif inspect.isclass(value) and value.__module__ == module.__name__:
            unit = any(base.__name__ == "TestCase" for base in value.__mro__)
            if not unit and not name.startswith("Test"):
                continue
            for method, function in inspect.getmembers(value, inspect.isfunction):
                if method.startswith("test"):
                    make = unit_test(value, method) if unit else plain_test(value, method)
                    add("%s.%s" % (name, method), function, make)
    print(json.dumps(list(tests)))


def unit_test(case, method):
    return lambda: case(method).debug


def plain_test(case, method):
    def make():
        instance = case()
        if hasattr(instance, "setup_method"):
            instance.setup_method()
        return getattr(instance, method)

    return make


def run_test(name):
    """Runs one test; raises where it fails."""
    if not tests:
        import io
        import sys

        printed, sys.stdout = sys.stdout, io.StringIO()
        try:
            list_tests(sys.modules["__main__"].__dict__["__assay_module"])
        finally:
            sys.stdout = printed
    make, arguments = tests[name]
    function = make()
    for parameter in inspect.signature(function).parameters.values():
        if parameter.default is parameter.empty and parameter.name not in arguments and parameter.kind < 2:
            raise Failed("the stand-in for pytest has no fixtures: %r is asked for" % parameter.name)
    try:
        function(**arguments)
    except Skipped:
        pass
