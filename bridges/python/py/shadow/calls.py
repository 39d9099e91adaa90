"""Calls: to the program's own functions as they are, to built-in ones by their rules, to all else without terms."""

import functools
import types

from .boxes import BOXES, Method, plain_type

_FUNCTION = types.FunctionType
_METHOD = types.MethodType
_BUILTIN = types.BuiltinFunctionType
_DESCRIPTORS = (types.MethodDescriptorType, types.WrapperDescriptorType, types.ClassMethodDescriptorType)
# `__self__` of what is bound to no value.
_UNBOUND = (types.ModuleType, type, type(None))
_CALLBACKS = (_FUNCTION, _METHOD, Method, functools.partial)
# They keep or call a function and do not look at what it returns.
_KEEPS_FUNCTIONS = frozenset(("abc", "contextlib", "dataclasses", "enum", "functools", "itertools", "types"))
_WRAPPERS = (property, staticmethod, classmethod)


class Calls:
    """The part of the machine that calls."""

    def call(self, function, site, /, *args, **kwargs):
        """`function(*args, **kwargs)` at a site."""
        kind = type(function)
        if kind is _FUNCTION and function.__globals__ is self.namespace:
            return function(*args, **kwargs)
        self.work()
        self.site = site
        return self.dispatch(function, args, kwargs)

    def dispatch(self, function, args, kwargs):
        """A call of anything, at the current site."""
        kind = type(function)
        if kind is _METHOD and type(function.__func__) is _FUNCTION and self.is_own(function.__func__):
            return function(*args, **kwargs)
        if kind is _FUNCTION and self.is_own(function):
            return function(*args, **kwargs)
        if kind is Method:
            return self.call_method(function.box_self, function.box_name, args, kwargs)
        rule = self._function_rule(function)
        if rule is not None:
            result = rule(self, None, args, kwargs)
            if result is not NotImplemented:
                return result
        elif kind is _METHOD and (type(function.__self__), function.__name__) in self.rules.methods:
            return self.call_method(function.__self__, function.__name__, args, kwargs)
        elif kind is _BUILTIN and not isinstance(function.__self__, _UNBOUND):
            return self.call_method(function.__self__, function.__name__, args, kwargs)
        if kind in _DESCRIPTORS and args and issubclass(plain_type(args[0]), function.__objclass__):
            return self.call_method(args[0], function.__name__, args[1:], kwargs)
        if kind is functools.partial:
            return self.dispatch(function.func, (*function.args, *args), {**function.keywords, **kwargs})
        if isinstance(function, type) and issubclass(function, type) and len(args) + len(kwargs) != 1:
            self.halt("unsupported", "the program makes a class by a call")
        if isinstance(function, type) and (self.is_own_type(function) or issubclass(function, BaseException)):
            return function(*args, **kwargs)
        if self.is_own_type(kind):
            return function(*args, **kwargs)
        return self.call_plain(function, args, kwargs)

    def _function_rule(self, function):
        try:
            return self.rules.functions.get(function)
        except TypeError:
            return None

    def is_own(self, function):
        """Whether a function is the program's."""
        return function.__globals__ is self.namespace

    def call_method(self, receiver, name, args, kwargs):
        """A method of a built-in type."""
        kind = plain_type(receiver)
        for base in kind.__mro__:
            rule = self.rules.methods.get((base, name))
            if rule is not None:
                result = rule(self, receiver, args, kwargs)
                if result is not NotImplemented:
                    return result
                break
        if type(receiver) not in BOXES:
            return self.call_plain(getattr(receiver, name), args, kwargs)
        if not hasattr(kind, name):
            return getattr(self.bare(receiver), name)
        result = self.call_plain(getattr(self.bare(receiver), name), args, kwargs)
        self.concretise("%s.%s" % (kind.__name__, name))
        return result

    def call_plain(self, function, args, kwargs):
        """A call without terms, noted where there were some."""
        name = self.name_of(function)
        owner = getattr(function, "__self__", None)
        if not isinstance(owner, _UNBOUND):
            self.plain(owner, name)
        args = [self.plain(one, name) for one in args]
        kwargs = {key: self.plain(one, name) for key, one in kwargs.items()}
        if not any(function is one for one in _WRAPPERS) and getattr(function, "__module__", None) not in _KEEPS_FUNCTIONS:
            args = [self.bare_callback(one, name) for one in args]
            kwargs = {key: self.bare_callback(one, name) for key, one in kwargs.items()}
        return function(*args, **kwargs)

    def name_of(self, function):
        """How a call is named where it has no rule."""
        owner = getattr(function, "__self__", None)
        name = getattr(function, "__name__", None) or type(function).__name__
        if not isinstance(owner, (types.ModuleType, type(None))):
            kind = owner if isinstance(owner, type) else type(owner)
            return "%s.%s" % (kind.__name__, name)
        module = getattr(function, "__module__", None)
        return name if module in (None, "builtins", "__main__") else "%s.%s" % (module, name)

    def callback(self, function):
        """A function that native code may call with boxes: the program's as it is, any other through its rule."""
        if function is None or type(function) is _FUNCTION and self.is_own(function):
            return function
        site = self.site

        def forward(*args, **kwargs):
            self.site = site
            return self.dispatch(function, args, kwargs)

        return forward

    def bare_callback(self, value, name):
        """A function of the program for code that knows no boxes."""
        if type(value) not in _CALLBACKS or type(value) is _FUNCTION and not self.is_own(value):
            return value

        def forward(*args, **kwargs):
            return self.plain(value(*args, **kwargs), name)

        return forward
