"""Holds rules of shadow runs against this Python, on boundary and random arguments.

For each expression and each of its arguments: the rewritten expression has the value or exception of the plain one; and
on other arguments that meet the conditions of that run, its terms have the value of the plain expression there.

Prints a line a fault, and last `expressions runs transfers faults`. Arguments: the folder of the package, and runs an
expression. `EXPRESSION_LINES` was set before: a line an expression, `kinds of its arguments :: expression`.
"""

import random
import sys

sys.path.insert(0, sys.argv[1])
RUNS = int(sys.argv[2])

from shadow.blame import PROGRAM, fault  # noqa: E402
from shadow.boxes import Bool, Int, Str  # noqa: E402
from shadow.halt import Halted  # noqa: E402
from shadow.machine import Machine  # noqa: E402
from shadow.modules import MODULES, Facade, Importer  # noqa: E402
from shadow.rewrite import MACHINE, rewrite  # noqa: E402
from shadow.rules import RULES  # noqa: E402
from shadow.run import message_of  # noqa: E402
from shadow.sites import Sites  # noqa: E402
from shadow.values import symbolic  # noqa: E402

import ast  # noqa: E402

INTS = [0, 1, -1, 2, -2, 3, 7, -7, 8, 9, 10, -10, 63, 64, -64, 99, 100, 255, 256, 2**31, -(2**31), 2**53, 2**53 + 1, 2**64, 10**20, -(10**20)]
CHARS = "aAbBzZ019 _-+.,{%\t\n\r\x1c'\"\\\x7f\x85\xa0\xe9\xdf\u01c5\u0130\u03a3\u0660\u2028\u4e00\ud800\U0001f600"
NUDGES = "aabbB1 -z,_\t\n\r\x1c'\xe9\u03a3"
EVALUATE = {
    "neg": lambda a: -a,
    "add": lambda *a: sum(a),
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "floordiv": lambda a, b: a // b if b else 0,
    "mod": lambda a, b: a % b if b else 0,
    "bitand": lambda a, b: a & b,
    "ite": lambda c, a, b: a if c else b,
    "eq": lambda a, b: a == b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "not": lambda a: not a,
    "and": lambda *a: all(a),
    "or": lambda *a: any(a),
    "int": int,
}


def make(kind, chance):
    if kind == "i":
        return chance.choice(INTS) if chance.random() < 0.4 else chance.randint(-12, 12)
    if kind == "n":
        return chance.randint(-4, 6)
    if kind == "b":
        return chance.random() < 0.5
    if kind == "c":
        return chance.choice(CHARS)
    if kind == "s":
        return "".join(chance.choice("aabB1 -" if chance.random() < 0.8 else CHARS) for _ in range(chance.randint(0, 4)))
    if kind == "u":
        # Much that matches and overlaps.
        return "".join(chance.choice("ab ") for _ in range(chance.randint(0, 9)))
    if kind == "e":
        return "".join(chance.choice("ab ") for _ in range(chance.choice((0, 1, 1, 1, 2, 2, 3))))
    if kind == "w":
        return "".join(chance.choice("aB \t\n\r,") for _ in range(chance.randint(0, 7)))
    if kind == "v":
        # Nearly a number.
        body = "".join(chance.choice("0123456789_ -") if chance.random() < 0.3 else chance.choice("0189") for _ in range(chance.randint(0, 3)))
        return chance.choice(("", "", "-", "+", " ", "x", "\x1c")) + body + chance.choice(("", "", " ", "\n", "\u2003"))
    if kind == "l":
        return [chance.randint(-3, 3) for _ in range(chance.randint(0, 4))]
    if kind == "m":
        return [make("s", chance) for _ in range(chance.randint(0, 3))]
    if kind == "t":
        return tuple(make("l", chance))
    if kind == "p":
        return [(make("n", chance), make("c", chance)) for _ in range(chance.randint(0, 3))]
    if kind == "x":
        return [make("b", chance) for _ in range(chance.randint(0, 3))]
    if kind == "d":
        return {key: make("n", chance) for key in chance.sample("abc", chance.randint(0, 3))}
    if kind == "k":
        return {key: make("n", chance) for key in chance.sample(range(-2, 4), chance.randint(0, 3))}
    raise ValueError(kind)


def shape(value):
    if isinstance(value, str):
        return "s%d" % len(value)
    if isinstance(value, (list, tuple)):
        return "%s(%s)" % (type(value).__name__, ",".join(map(shape, value)))
    if isinstance(value, dict):
        return "{%s}" % ",".join("%r:%s" % (key, shape(one)) for key, one in value.items())
    return type(value).__name__


def nudge(value, chance):
    """Another value of the same shape."""
    if chance.random() < 0.5 and not isinstance(value, (list, tuple, dict, str)):
        return value
    if isinstance(value, bool):
        return chance.random() < 0.5
    if isinstance(value, int):
        return value + chance.choice((-1, 1, 2, -value, 7))
    if isinstance(value, str):
        share = chance.choice((0.1, 0.4))
        return "".join(chance.choice(NUDGES) if chance.random() < share else char for char in value)
    if isinstance(value, dict):
        return {key: nudge(one, chance) for key, one in value.items()}
    return type(value)(nudge(one, chance) for one in value)


def copy(value):
    if isinstance(value, (list, tuple)):
        return type(value)(copy(one) for one in value)
    return {key: copy(one) for key, one in value.items()} if isinstance(value, dict) else value


def shown(value, at):
    """The repr of a value, its leaves by their terms at these values of the terms, or as they are."""
    if type(value) in (Int, Bool):
        return repr(value.box_value if at is None else at[value.box_term])
    if type(value) is Str:
        pairs = zip(value.box_value, value.box_chars)
        return repr("".join(char if at is None or term is None else chr(at[term]) for char, term in pairs))
    if type(value) in (list, tuple):
        inner = ", ".join(shown(one, at) for one in value)
        return "[%s]" % inner if type(value) is list else "(%s%s)" % (inner, "," * (len(value) == 1))
    if type(value) is dict:
        return "{%s}" % ", ".join("%s: %s" % (shown(key, at), shown(one, at)) for key, one in value.items())
    if type(value) in (set, frozenset):
        # Their order is no part of what is compared.
        inner = sorted(shown(one, at) for one in value)
        return "%s{%s}" % (type(value).__name__, ", ".join(inner))
    return repr(value)


class Shadowed:
    """One run of a rewritten expression."""

    def __init__(self, code, sites, names, values):
        self.machine = machine = Machine(sites, 100000, (), RULES)
        machine.namespace = {"__builtins__": __builtins__, MACHINE: machine, "__name__": "__main__"}
        done = {}
        arguments = [symbolic(machine, name, value, done) for name, value in zip(names, copy(values))]
        exec(code, machine.namespace)
        self.value = self.message = None
        try:
            self.value = machine.dispatch(machine.namespace["f"], tuple(arguments), {})
            self.raised = None
        except Halted as halted:
            self.raised = "halted %s %s" % (halted.reason, halted.detail)
        except Exception as error:
            self.raised = fault(machine, error) or type(error).__name__
            self.message = message_of(machine, error)

    def text(self, at):
        if self.raised is None:
            return "value " + shown(self.value, at)
        if self.message is None:
            return self.raised
        message = shown(self.message, at)
        return "%s %s" % (self.raised, ast.literal_eval(message) if message[0] in "'\"" else message)

    def at(self, values):
        """Values of the terms for other arguments."""
        again = Machine(Sites(""), 100000, (), RULES)
        names = [row[0] for row in self.machine.variables]
        done = {}
        for name, value in zip(self.names, copy(values)):
            symbolic(again, name, value, done)
        variables = dict(zip(names, (row[2] for row in again.variables)))
        result = []
        for operator, *operands in self.machine.terms.rows:
            if operator == "var":
                result.append(variables[operands[0]])
            elif operator in ("true", "false"):
                result.append(operator == "true")
            elif operator == "const":
                result.append(operands[0])
            else:
                result.append(EVALUATE[operator](*[result[one] for one in operands]))
        return result

    def meets(self, at):
        return all(at[condition[5]] == condition[4] for condition in self.machine.conditions)


IMPORTS = "import bisect, collections, copy, heapq\nfrom collections import namedtuple\n"


def check(expression, kinds, chance):
    names = "abcd"[: len(kinds)]
    body = expression if expression.startswith("    ") else "    return %s\n" % expression
    source = "%sdef f(%s):\n%s" % (IMPORTS, ", ".join(names), body)
    sites = Sites(source)
    code = compile(rewrite(ast.parse(source), sites), PROGRAM, "exec")
    plain_space = {"__name__": "__main__"}
    exec(source, plain_space)

    def plain(values):
        try:
            return "value " + shown(plain_space["f"](*copy(values)), None)
        except Exception as error:
            return "%s %s" % (type(error).__name__, error)

    transfers = faults = 0
    for _ in range(RUNS):
        values = [make(kind, chance) for kind in kinds]
        run = Shadowed(code, sites, names, values)
        run.names = names
        want = plain(values)
        if run.text(None) != want:
            faults += 1
            print("fault: %s for %r: %s, not %s" % (expression, values, run.text(None), want))
        if run.machine.concretised:
            GIVEN_UP[expression] = GIVEN_UP.get(expression, 0) + 1
            continue
        for _ in range(3):
            others = [nudge(value, chance) for value in values]
            if [shape(one) for one in others] != [shape(one) for one in values]:
                continue
            at = run.at(others)
            if run.meets(at):
                transfers += 1
                if run.text(at) != plain(others):
                    faults += 1
                    print("fault: %s for %r, at %r: %s, not %s" % (expression, values, others, run.text(at), plain(others)))
    return transfers, faults


GIVEN_UP = {}
EXPRESSIONS = [line.split(" :: ") for line in EXPRESSION_LINES.strip().split("\n")]


def modules_offered():
    """Prints what a program could get of a module that leads to another one; how many."""
    found = 0
    for module in MODULES - {"__future__"}:
        importer = Importer(None).namespace()["__import__"]
        facade = importer(module, None, None, ("__name__",))
        for name, value in vars(facade).items():
            held = [value, *vars(value).values()] if isinstance(value, type) else [value]
            if any(isinstance(one, type(sys)) and type(one) is not Facade for one in held):
                found += 1
                print("fault: %s.%s leads to a module" % (module, name))
    return found


BROKEN = """
def f(a):
    try:
        return abs(a)
    except ValueError:
        return "the program's own"
    finally:
        a = 1
"""


def broken_rule_passes():
    """Whether a fault of a rule, here one of another function, passes for an exception of the program."""
    functions = RULES.functions
    abs_rule = functions[abs]
    functions[abs] = functions[chr]
    try:
        sites = Sites(BROKEN)
        code = compile(rewrite(ast.parse(BROKEN), sites), PROGRAM, "exec")
        raised = Shadowed(code, sites, ["a"], [-1]).raised
    finally:
        functions[abs] = abs_rule
    if raised != "halted engine line 4: ValueError in _chr, where Python raises nothing":
        print("fault: a broken rule passes as %s" % raised)
        return 1
    return 0


def main():
    chance = random.Random(7)
    runs = transfers = 0
    faults = modules_offered() + broken_rule_passes()
    for kinds, expression in EXPRESSIONS + PROGRAMS:
        moved, wrong = check(expression, kinds, chance)
        runs += RUNS
        transfers += moved
        faults += wrong
    print("%d expressions, %d runs, %d transfers, %d faults" % (len(EXPRESSIONS + PROGRAMS), runs, transfers, faults))


PROGRAMS = [
    ("n", "    t = 0\n    while a > 0:\n        t += a\n        a -= 2\n    else:\n        t = -t\n    return t\n"),
    ("l", "    for x in a:\n        if x == 2:\n            break\n        if x < 0:\n            continue\n    else:\n        return 'none'\n    return x\n"),
    ("nn", "    try:\n        return a // b\n    except ZeroDivisionError as e:\n        return str(e)\n    finally:\n        a += 1\n"),
    ("nn", "    if a > b:\n        raise ValueError(f'{a} > {b}')\n    assert a != b, 'same'\n    return a\n"),
    ("nb", "    match a:\n        case 0:\n            return 'zero'\n        case 1 | 2:\n            return 'few'\n        case int(x) if x < 0:\n            return x\n        case _:\n            return [a, b]\n"),
    ("b", "    match a:\n        case True:\n            return 1\n        case False:\n            return 2\n    return 3\n"),
    ("l", "    match a:\n        case []:\n            return 0\n        case [x]:\n            return x\n        case [1, *r]:\n            return r\n        case [x, *_]:\n            return x, 9\n"),
    ("s", "    match a:\n        case 'a' | 'b':\n            return 1\n        case '':\n            return 2\n    return a\n"),
    ("n", "    def g(k):\n        nonlocal a\n        a += k\n        return a if k <= 0 else g(k - 1)\n    return g(a)\n"),
    ("l", "    def g():\n        for x in a:\n            yield x\n            if x > 1:\n                return\n    return list(g())\n"),
    ("nn", "    class P:\n        def __init__(self, x):\n            self.x = x\n        def __eq__(self, o):\n            return self.x == o.x\n        def __lt__(self, o):\n            return self.x < o.x\n        def __add__(self, o):\n            return P(self.x + o.x)\n    p, q = P(a), P(b)\n    return p == q, p < q, (p + q).x\n"),
    ("ln", "    if a:\n        a[b] += 1\n        a[0], a[-1] = a[-1], a[0]\n    del a[:1]\n    return a\n"),
    ("dc", "    a[b] = a.get(b, 0) + 1\n    for k in a:\n        a[k] *= 2\n    return a\n"),
    ("s", "    d = {}\n    for ch in a:\n        d[ch] = d.get(ch, 0) + 1\n    return d\n"),
    ("l", "    seen = set()\n    out = []\n    for x in a:\n        if x not in seen:\n            seen.add(x)\n            out.append(x)\n    return out\n"),
    ("l", "    x, *y = a\n    return x, y\n"),
    ("nn", "    r = []\n    r += [a] if a else (b,)\n    r *= 2\n    return r\n"),
    ("p", "    d = {}\n    for k, v in a:\n        d.setdefault(v, []).append(k)\n    return d\n"),
    ("nn", "    return [(i, j) for i in range(a) for j in range(i, b) if (i + j) % 2]\n"),
    ("ss", "    return [i for i in range(len(a)) if i < len(b) and a[i] == b[i]]\n"),
]

main()
