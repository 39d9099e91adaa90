"""Turns a request into code objects that the host then runs, and texts into values.

`prepare` runs before the program. The others run when the program may have changed the interpreter under them: what they
make is an input, which shows in the trace, never a result.
"""

import ast
import collections
import datetime
import decimal
import json
import random
import re
import sys
import types

FILENAME = "program.py"
ENTRY_MARK = "# << START_OF_TRACE"

# Defined beforehand, by `predictions.py`, in a build that needs it.
_finish = globals().get("end_predictions", lambda code: code)

_ValueError = ValueError
# Read the names of a class past its metaclass.
qualified_name_of = type.__dict__["__qualname__"].__get__
module_of = type.__dict__["__module__"].__get__
_ModuleType = types.ModuleType
deque_type = collections.deque
# Types from C that hold no other objects: their reprs call nothing that a program could have written.
plain_types = (
    decimal.Decimal,
    datetime.date,
    datetime.datetime,
    datetime.time,
    datetime.timedelta,
    datetime.timezone,
)
# What ends a physical line, which is less than what `str.splitlines` takes for its end.
_LINE_END = re.compile(r"\r\n|\r|\n")
_DEF = re.compile(r"(?:async[ \t]+)?def[ \t]+([^\W\d]\w*)")


def marked_function(source):
    """Name of the first top-level function whose `def` line ends with the entry mark."""
    for line in _LINE_END.split(source):
        if line.rstrip().endswith(ENTRY_MARK):
            match = _DEF.match(line)
            if match:
                return match.group(1)
    raise LookupError("no `def` of a top-level function ends with %r" % ENTRY_MARK)


# Evaluates to `(callee, (args, kwargs))`; the lambda's text takes the place of the callee's in the call.
_COLLECT = "(lambda *args, **kwargs: (args, kwargs))"


def split_call(expression):
    """Code that evaluates to `(callee, (args, kwargs))`, or None where the expression is no call."""
    expression = expression.strip()
    call = ast.parse(expression, mode="eval").body
    if type(call) is not ast.Call:
        return None
    if type(call.func) is ast.Name and expression.startswith(call.func.id) and expression.endswith(")"):
        # The usual form is cheaper as text than as a tree.
        name = call.func.id
        pair = "(%s, %s%s\n)" % (name, _COLLECT, expression[len(name) :])
    else:
        collect = ast.parse(_COLLECT, mode="eval").body
        arguments = ast.Call(func=collect, args=call.args, keywords=call.keywords)
        tree = ast.Expression(body=ast.Tuple(elts=[call.func, arguments], ctx=ast.Load()))
        pair = ast.fix_missing_locations(tree)
    return compile(pair, "<entry>", "eval", dont_inherit=True)


def call_pair(expression):
    """Code for `(callee, (args, kwargs))`; raises SyntaxError where the expression is no call."""
    pair = split_call(expression)
    if pair is None:
        raise SyntaxError("%r is no call" % expression)
    return pair


def new_module():
    module = _ModuleType("__main__")
    module.__dict__["__builtins__"] = __builtins__
    if sys.version_info < (3, 14):
        module.__dict__["__annotations__"] = {}
    module.__file__ = FILENAME
    module.__cached__ = None
    sys.modules["__main__"] = module
    return module.__dict__


def read_literals(claimed):
    """Values of the reprs that are literals, by name, and what is wrong with the others."""
    values = {}
    faults = {}
    for name, text in claimed.items():
        try:
            values[name] = ast.literal_eval(text)
        except Exception:
            faults[name] = "the claimed input %s = %s is no literal" % (name, text)
    return values, faults


def prepare(request):
    """Compiles a program and its entry.

    request: JSON bytes `{"source", "entry", "seed", "input", "calls"}`; `input` is name → repr, `calls` are expressions.
    Returns `(namespace, module code, kind, entry, input, calls)`: `input` is for `bind_input`, `calls` is a tuple of code
    for `(callee, (args, kwargs))`, `kind` one of "script" (entry is None), "main" (entry is the function's name), "call"
    (entry is code for `(callee, (args, kwargs))`) and "expression" (entry is code).
    Raises whatever compiling raises, and LookupError where the entry cannot be found.
    """
    request = json.loads(request)
    source = request["source"]
    if request["seed"]:
        random.seed(request["seed"])
    code = _finish(compile(source, FILENAME, "exec", dont_inherit=True))
    entry = request["entry"]
    if "script" in entry:
        kind, target = "script", None
    elif "main" in entry:
        kind, target = "main", marked_function(source)
    else:
        target = split_call(entry["call"])
        kind = "call"
        if target is None:
            kind = "expression"
            target = compile(entry["call"].strip(), "<entry>", "eval", dont_inherit=True)
    calls = tuple(call_pair(call) for call in request["calls"])
    return new_module(), code, kind, target, read_literals(request["input"]), calls


def prepare_call(source, pair, seed):
    """Compiles a program and a plain call, as `prepare` would, in less time.

    source: UTF-8 bytes. pair: UTF-8 bytes of `(callee, (args,))`. seed: digits, as bytes.
    Returns what `prepare` does, with "plain call" for the kind and the code of the pair for the entry; or `()` where the
    pair does not compile.
    Raises whatever compiling the source raises.
    """
    try:
        target = compile(pair.decode(), "<entry>", "eval", dont_inherit=True)
    except Exception:
        return ()
    if seed.strip(b"0"):
        random.seed(int(seed))
    code = _finish(compile(source.decode(), FILENAME, "exec", dont_inherit=True))
    return new_module(), code, "plain call", target, ({}, {}), ()


def bind_input(function, claimed):
    """Arguments for an entry from the locals of a claimed first frame.

    claimed: what `read_literals` returned. The program has run by now: no name is looked up that it could have changed.
    Returns `(args, kwargs)`. Raises ValueError where an argument's repr is no literal.
    """
    values, faults = claimed
    code = function.__code__
    names = code.co_varnames
    positional = code.co_argcount
    last = positional + code.co_kwonlyargcount
    args = []
    kwargs = {}
    rest_args = rest_kwargs = None
    if code.co_flags & 0x04:
        rest_args = names[last]
        last += 1
    if code.co_flags & 0x08:
        rest_kwargs = names[last]
    for name in names[:last]:
        if name in faults:
            raise _ValueError(faults[name])
    for name in names[:positional]:
        if name not in values:
            break
        args = [*args, values[name]]
    else:
        if rest_args in values:
            args = [*args, *values[rest_args]]
    for name in names[positional : positional + code.co_kwonlyargcount]:
        if name in values:
            kwargs = {**kwargs, name: values[name]}
    if rest_kwargs in values:
        kwargs = {**kwargs, **values[rest_kwargs]}
    return (*args,), kwargs


def literal(text):
    """The value of a literal, from UTF-8 bytes. Raises where the text is none."""
    return ast.literal_eval(text.decode("utf-8"))
