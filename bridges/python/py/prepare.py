"""Turns a request into code objects that the host then runs, and texts into values.

`prepare` runs before the program. The others run when the program may have changed the interpreter under them: what they
make is an input, which shows in the trace, never a result.
"""

import ast
import json
import random
import re
import sys
import types

FILENAME = "program.py"
ENTRY_MARK = "# << START_OF_TRACE"

# Defined beforehand, by `predictions.py`, in a build that needs it.
_finish = globals().get("end_predictions", lambda code: code)

_CodeType = types.CodeType
_ModuleType = types.ModuleType
_DEF = re.compile(r"(?:async[ \t]+)?def[ \t]+([^\W\d]\w*)")


def fast_names(code):
    """Names of a frame's fast locals in the order of their slots."""
    names = list(code.co_varnames)
    if sys.version_info >= (3, 11):
        # One slot serves an argument that is also a cell.
        names += [name for name in code.co_cellvars if name not in names]
    else:
        names += code.co_cellvars
    names += code.co_freevars
    return names


def code_table(code):
    """All code objects of a program: `[id, name, flags, slot names, slots of cells, number of free variables]`."""
    table = []
    stack = [code]
    while stack:
        one = stack.pop()
        cells = set(one.co_cellvars) | set(one.co_freevars)
        names = fast_names(one)
        table.append(
            [
                id(one),
                one.co_name,
                one.co_flags,
                names,
                [index for index, name in enumerate(names) if name in cells],
                len(one.co_freevars),
            ]
        )
        stack.extend(constant for constant in one.co_consts if type(constant) is _CodeType)
    return table


def marked_function(source):
    """Name of the top-level function whose `def` line ends with the entry mark."""
    for line in source.splitlines():
        if line.rstrip().endswith(ENTRY_MARK):
            match = _DEF.match(line)
            if match:
                return match.group(1)
            raise LookupError("line %r carries the entry mark and starts no top-level function" % line.strip())
    raise LookupError("no line ends with %r" % ENTRY_MARK)


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


def new_module():
    module = _ModuleType("__main__")
    module.__dict__["__builtins__"] = __builtins__
    if sys.version_info < (3, 14):
        module.__dict__["__annotations__"] = {}
    module.__file__ = FILENAME
    module.__cached__ = None
    sys.modules["__main__"] = module
    return module.__dict__


def prepare(request):
    """Compiles a program and its entry.

    request: JSON bytes `{"source", "entry", "seed"}`.
    Returns `(table, namespace, module code, kind, entry)`: `table` is JSON bytes of `code_table`, `kind` one of
    "script" (entry is None), "main" (entry is the function's name), "call" (entry is code for `(callee, (args,
    kwargs))`) and "expression" (entry is code).
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
    table = json.dumps(code_table(code)).encode("utf-8", "surrogatepass")
    return table, new_module(), code, kind, target


def bind_input(function, claimed):
    """Arguments for an entry from the locals of a claimed first frame.

    claimed: JSON bytes, name → repr.
    Returns `(args, kwargs)`. Raises ValueError where a repr is no literal.
    """
    values = json.loads(claimed)
    code = function.__code__
    names = code.co_varnames
    positional = code.co_argcount

    def literal(name):
        try:
            return ast.literal_eval(values[name])
        except Exception:
            raise ValueError("the claimed input %s = %s is no literal" % (name, values[name])) from None

    args = []
    for name in names[:positional]:
        if name not in values:
            break
        args.append(literal(name))
    rest = positional + code.co_kwonlyargcount
    kwargs = {name: literal(name) for name in names[positional:rest] if name in values}
    if code.co_flags & 0x04:
        if len(args) == positional and names[rest] in values:
            args += literal(names[rest])
        rest += 1
    if code.co_flags & 0x08 and names[rest] in values:
        kwargs.update(literal(names[rest]))
    return tuple(args), kwargs


def literal(text):
    """The value of a literal, from UTF-8 bytes. Raises where the text is none."""
    return ast.literal_eval(text.decode("utf-8"))
