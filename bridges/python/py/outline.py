"""Reads modules without running them: functions, classes, imports, constants, and calls with literal arguments.

The last part of a program, behind `outline_parameters.py`, `outline_effects.py` and `outline_state.py`.

Standard input: JSON `{"files": {path: text}}`. Standard output: JSON, path → outline as `outline.ts` describes it.
"""

import ast
import hashlib
import json
import sys

MOST_CONSTANTS = 40
MOST_CALLS = 400
MOST_EXAMPLES = 100


def docstring_of(node):
    return ast.get_docstring(node, clean=False) if hasattr(node, "body") else None


class Stripped(ast.NodeTransformer):
    """Takes docstrings out: what is left decides what a function does, unless the module looks at them."""

    def visit(self, node):
        node = self.generic_visit(node)
        if type(node) in (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Module):
            if docstring_of(node) is not None:
                node.body = node.body[1:] or [ast.Pass()]
        return node


def digest(text):
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def fingerprint(node):
    return digest(ast.dump(node))


def own_nodes(node):
    """All nodes of a function, those of functions inside it too."""
    return ast.walk(node)


def constants(node):
    found = []
    for one in own_nodes(node):
        if type(one) is ast.Constant and type(one.value) in (int, float, str) and len(repr(one.value)) <= 40:
            text = repr(one.value)
            if text not in found and len(found) < MOST_CONSTANTS and text not in ("inf", "nan"):
                found.append(text)
    return found


def raised(node):
    found = {}
    for one in own_nodes(node):
        if type(one) is ast.Raise and one.exc is not None:
            name = dotted(one.exc.func if type(one.exc) is ast.Call else one.exc)
            if name is not None and name not in found:
                found[name] = one.lineno
    return found


def yields(node):
    """Whether a function itself yields; functions inside it do not count."""
    stack = list(node.body)
    while stack:
        one = stack.pop()
        if type(one) in (ast.Yield, ast.YieldFrom):
            return True
        if type(one) not in (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda, ast.ClassDef):
            stack.extend(ast.iter_child_nodes(one))
    return False


def examples(docstring, first_line):
    """Examples of a docstring: `[source, want, line]`. The form of the `doctest` module."""
    found = []
    lines = docstring.split("\n")
    index = 0
    while index < len(lines) and len(found) < MOST_EXAMPLES:
        text = lines[index].strip()
        if not text.startswith(">>> "):
            index += 1
            continue
        line = first_line + index
        source = [text[4:]]
        index += 1
        while index < len(lines) and (lines[index].strip() == "..." or lines[index].strip().startswith("... ")):
            source.append(lines[index].strip()[4:])
            index += 1
        want = []
        while index < len(lines) and lines[index].strip() and not lines[index].strip().startswith(">>>"):
            want.append(lines[index].strip())
            index += 1
        found.append(["\n".join(source), "\n".join(want), line])
    return found


def function(node, owner, aliases, kept, state):
    decorators = [dotted(one.func if type(one) is ast.Call else one) or "?" for one in node.decorator_list]
    kind = "function"
    if owner is not None:
        kind = "method"
        for name, meant in (("staticmethod", "static"), ("classmethod", "class"), ("property", "property")):
            if name in decorators or any(one.endswith("." + name) for one in decorators):
                kind = meant
        if any(one.endswith((".setter", ".deleter")) for one in decorators):
            kind = "property"
    docstring = docstring_of(node)
    return {
        "name": node.name,
        "qualname": node.name if owner is None else owner + "." + node.name,
        "owner": owner,
        "kind": kind,
        "line": min([node.lineno, *[one.lineno for one in node.decorator_list]]),
        "def_line": node.lineno,
        "end": node.end_lineno,
        "params": parameters(node),
        "signature": ast.unparse(node.args)[:LONGEST_TEXT],
        "generator": yields(node),
        "asynchronous": type(node) is ast.AsyncFunctionDef,
        "decorators": decorators,
        "fingerprint": fingerprint(kept),
        "constants": constants(kept),
        "raises": raised(node),
        "effects": effects(node, aliases),
        "examples": [] if docstring is None else examples(docstring, node.body[0].lineno),
        "keeps": state.reason(node.name) if owner is None else "it is a method",
    }


def class_outline(node, owner):
    name = node.name if owner is None else owner + "." + node.name
    bases = [dotted(base) or "?" for base in node.bases]
    decorators = [dotted(one.func if type(one) is ast.Call else one) or "?" for one in node.decorator_list]
    fields = None
    for one in node.body:
        if type(one) is ast.FunctionDef and one.name == "__init__":
            fields = parameters(one)[1:]
    if fields is None and any(one.split(".")[-1] in ("dataclass", "define", "NamedTuple") for one in decorators + bases):
        fields = [
            {
                "name": one.target.id,
                "kind": "any",
                "shape": shape(one.annotation),
                "default": None if one.value is None else unparse(one.value),
                "hints": [],
            }
            for one in node.body
            if type(one) is ast.AnnAssign and type(one.target) is ast.Name
        ]
    members = [
        target.id
        for one in node.body
        if type(one) is ast.Assign
        for target in one.targets
        if type(target) is ast.Name
    ]
    is_enum = any(base.split(".")[-1].endswith(("Enum", "Flag")) for base in bases)
    return {
        "name": name,
        "bases": bases,
        "fields": fields,
        "members": members if is_enum else [],
        "line": node.lineno,
        "end": node.end_lineno,
    }


def mined_calls(tree):
    """Calls whose arguments are literals: `[name, text of the arguments]`."""
    found = []
    for one in ast.walk(tree):
        if type(one) is not ast.Call or len(found) >= MOST_CALLS:
            continue
        name = dotted(one.func)
        if name is None or any(keyword.arg is None for keyword in one.keywords):
            continue
        try:
            for argument in [*one.args, *[keyword.value for keyword in one.keywords]]:
                ast.literal_eval(argument)
        except (ValueError, TypeError, SyntaxError):
            continue
        text = ast.unparse(one)
        text = text[text.index("(", len(name) - 1) :] if "(" in text else "()"
        if len(text) <= LONGEST_TEXT:
            entry = [name.split(".")[-1], text]
            if entry not in found:
                found.append(entry)
    return found


def imports(tree):
    """`[module, level, names, line]` of each import, those inside functions too."""
    found = []
    for one in ast.walk(tree):
        if type(one) is ast.Import:
            for alias in one.names:
                found.append([alias.name, 0, [], one.lineno])
        elif type(one) is ast.ImportFrom:
            found.append([one.module or "", one.level, [alias.name for alias in one.names], one.lineno])
    return found


def alias_table(tree):
    """Local name → what it stands for, of `import a.b as c` and `from a import b`."""
    table = {}
    for one in ast.walk(tree):
        if type(one) is ast.Import:
            for alias in one.names:
                if alias.asname:
                    table[alias.asname] = alias.name
        elif type(one) is ast.ImportFrom and one.module and not one.level:
            for alias in one.names:
                table[alias.asname or alias.name] = one.module + "." + alias.name
    return table


def outline(text):
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        return {"error": {"line": error.lineno or 1, "message": str(error.msg)}}
    looks_at_docs = "__doc__" in text or "getdoc" in text or "docopt" in text
    kept_tree = ast.parse(text) if looks_at_docs else Stripped().visit(ast.parse(text))
    aliases = alias_table(tree)
    state = StateReader(tree)
    functions = []
    classes = []
    kept_nodes = {}
    bodies = []

    def remember(node, owner):
        for one in node.body:
            if type(one) in (ast.FunctionDef, ast.AsyncFunctionDef):
                kept_nodes[(owner, one.name, one.lineno)] = one
            elif type(one) is ast.ClassDef:
                remember(one, one.name if owner is None else owner + "." + one.name)

    def gather(node, owner):
        for one in node.body:
            if type(one) in (ast.FunctionDef, ast.AsyncFunctionDef):
                kept = kept_nodes.get((owner, one.name, one.lineno), one)
                functions.append(function(one, owner, aliases, kept, state))
            elif type(one) is ast.ClassDef:
                classes.append(class_outline(one, owner))
                gather(one, one.name if owner is None else owner + "." + one.name)

    remember(kept_tree, None)
    gather(tree, None)

    def rest(node):
        """The module without the bodies of its functions."""
        for one in node.body:
            if type(one) in (ast.FunctionDef, ast.AsyncFunctionDef):
                continue
            if type(one) is ast.ClassDef:
                bodies.append("class %s %s" % (one.name, [ast.dump(base) for base in one.bases + one.decorator_list]))
                rest(one)
            else:
                bodies.append(ast.dump(one))

    rest(kept_tree)
    top = ast.Module(
        body=[one for one in tree.body if type(one) not in (ast.FunctionDef, ast.AsyncFunctionDef)], type_ignores=[]
    )
    docstring = docstring_of(tree)
    return {
        "error": None,
        "functions": functions,
        "classes": classes,
        "imports": imports(tree),
        "fingerprint": fingerprint(kept_tree),
        "rest": digest("\n".join(bodies)),
        "constants": constants(top),
        "effects": effects(top, aliases),
        "calls": mined_calls(tree),
        "main_line": state.main_line,
        "names": state.names(),
        "examples": [] if docstring is None else examples(docstring, 1),
    }


def main():
    request = json.load(sys.stdin)
    answers = {}
    for path, text in request["files"].items():
        try:
            answers[path] = outline(text)
        except (RecursionError, MemoryError, ValueError) as error:
            answers[path] = {"error": {"line": 1, "message": "cannot be read (%s)" % type(error).__name__}}
    json.dump(answers, sys.stdout)


main()
