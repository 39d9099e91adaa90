"""Writes a function over integers as places and steps between them (`core/transitions.ts`).

The last part of a program, behind `transitions_terms.py` and `transitions_graph.py`. Reads JSON `{"source", "entry"}`
from standard input and prints JSON. It only parses the source, which is never run. Whatever is not known to be about
integers alone is refused, with its line: a step that is left out or wrong would make a proof wrong.
"""

import ast
import json
import sys

BUILTINS = {"abs", "min", "max", "int", "range"}


def function_of(tree, name):
    """The function, in a module that does nothing but define functions."""
    found = None
    for statement in tree.body:
        if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
            continue
        if not isinstance(statement, ast.FunctionDef) or statement.decorator_list:
            raise Unsupported("a module that does more than define functions", statement)
        args = statement.args
        if args.defaults or args.kw_defaults or statement.returns or any(one.annotation for one in args.args):
            raise Unsupported("defaults and annotations, which are run", statement)
        if statement.name in BUILTINS:
            raise Unsupported("a function called %s" % statement.name, statement)
        if statement.name == name:
            found = statement
    if found is None:
        raise Unsupported("a program without the function %s" % name)
    if found.args.posonlyargs or found.args.kwonlyargs or found.args.vararg or found.args.kwarg:
        raise Unsupported("parameters of this form", found)
    for node in ast.walk(found):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) and node.id in BUILTINS:
            raise Unsupported("a variable called %s" % node.id, node)
        if isinstance(node, (ast.Yield, ast.YieldFrom, ast.Await)):
            raise Unsupported("a generator", node)
    if any(argument.arg in BUILTINS for argument in found.args.args):
        raise Unsupported("a parameter with the name of a built-in function", found)
    return found


def read_entry(text):
    """Name of the function, and the arguments as integers; a name alone asks about all arguments."""
    node = ast.parse(text.strip(), mode="eval").body
    if isinstance(node, ast.Name):
        return node.id, None
    if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name) or node.keywords:
        raise Unsupported("a call of this form")
    try:
        arguments = [ast.literal_eval(argument) for argument in node.args]
    except ValueError:
        raise Unsupported("arguments that are no literals")
    if not all(type(argument) in (int, bool) for argument in arguments):
        raise Unsupported("arguments that are no integers")
    return node.func.id, [int(argument) for argument in arguments]


def transitions(source, entry):
    try:
        name, arguments = read_entry(entry)
        graph = Graph(function_of(ast.parse(source), name))
        if arguments is not None and len(arguments) != len(graph.parameters):
            raise Unsupported("a call with another number of arguments")
    except Unsupported as refused:
        return {"unsupported": str(refused), "line": refused.line}
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"unsupported": "a source that cannot be read: %s" % type(error).__name__, "line": 0}
    system = {
        "parameters": graph.parameters,
        "variables": graph.variables,
        "terms": graph.terms.rows,
        "transitions": graph.steps,
        "heads": graph.heads,
        "lines": graph.lines,
        "start": graph.start,
        "end": Graph.END,
    }
    given = None if arguments is None else [str(argument) for argument in arguments]
    return {"system": system, "given": given}


if __name__ == "__main__":
    asked = json.loads(sys.stdin.read())
    print(json.dumps(transitions(asked["source"], asked["entry"])))
