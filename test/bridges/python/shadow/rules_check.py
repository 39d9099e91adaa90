"""Holds rules of shadow runs against this Python, on boundary and random arguments.

For each expression and each of its arguments: the rewritten expression has the value or exception of the plain one; and
on other arguments that meet the conditions of that run, its terms have the value of the plain expression there.

Prints a line a fault, and last `expressions runs transfers faults`. Arguments: the folder of the package, and runs an
expression.
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
CHARS = "aAbBzZ019 _-.,\t\n'\"\\\xe9\xdf\u0130\u0660\u4e00\U0001f600"
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
        return "".join(chance.choice("aB1 -z") if chance.random() < 0.4 else char for char in value)
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
    names = "abc"[: len(kinds)]
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


EXPRESSIONS = [line.split(" :: ") for line in """
ii :: a + b
ii :: a - b
ii :: a * b
ii :: a // b
ii :: a % b
ii :: divmod(a, b)
ii :: a & b
ii :: a | b
ii :: a ^ b
i :: a & 12
i :: a & -8
i :: 7 & a | 5
i :: a ^ -3
in :: a << b
in :: a >> b
n :: 2 ** a
n :: a ** 3
nn :: a ** b
i :: (-a, +a, ~a, abs(a))
ii :: (a == b, a != b, a < b, a <= b, a > b, a >= b)
iii :: a < b <= c
iii :: a == b != c
i :: (a < 2.5, a == 2.0, a == 2.5, a >= -1.5, a == 2.0**53, a < float('inf'), a == float('nan'))
ii :: a and b
ii :: a or b
ii :: not (a and not b)
ii :: a if a > b else -b
bb :: (a + b, a & b, a | b, a ^ b, a * 3, -a, ~a, a == b, a < b, not a)
bi :: (a + b, a == b, a < b, a & b, b - a, a is True)
b :: (a is True, a is not False, a is None, a == 1, str(a), int(a), f'{a}')
ii :: (min(a, b), max(a, b), min(a, 3, b), max([a, b, 1]))
i :: (int(a), bool(a), str(a), repr(a), abs(a), round(a), a.real, a.numerator)
i :: f'{a}:{a!r}:{a!s}'
i :: (isinstance(a, int), isinstance(a, bool), isinstance(a, str), type(a) is int, type(a).__name__, callable(a))
b :: (isinstance(a, int), isinstance(a, bool), type(a) is bool, type(a) == int)
n :: list(range(a))
nn :: [list(range(a, b)), len(range(a, b)), len(range(a, b, -2))]
nn :: (a in range(b), a in range(-2, b, 2), sum(range(a)))
nn :: range(a, 6)[b]
n :: [x * a for x in range(4) if x != a]
n :: {x: a for x in range(2)}
n :: 'abc'[a]
n :: [1, 2, a][a]
n :: (1, 'x', a)[a]
nn :: 'abcdef'[a:b]
nn :: [0, 1, 2, 3][b::a]
nn :: 'abc'[::a] + str(b)
n :: 'ab' * a
n :: [a] * a
n :: chr(a + 60)
i :: chr(a)
c :: ord(a)
s :: ord(a)
s :: [x for x in a]
s :: (len(a), a * 2, a + 'x', 'x' + a, bool(a), not a)
ss :: (a == b, a != b, a < b, a <= b, a > b, a >= b)
ss :: (a in b, b in a, a not in b)
s :: a[::-1]
sn :: a[b]
snn :: a[b:c]
s :: (a == 'a', 'a' in a, a in 'aab')
s :: int(a)
s :: str(a) + repr(a)
s :: f'<{a}>'
m :: '-'.join(a)
ms :: b.join(a)
m :: sorted(a)
l :: (sum(a), len(a), sorted(a), list(reversed(a)), any(a), all(a))
l :: max(a)
l :: min(a)
ln :: a[b]
lnn :: a[b:c]
ln :: (b in a, a.count(b), b not in a)
ln :: a.index(b)
ln :: [a.append(b), a]
ln :: [a.remove(b), a]
ln :: [a.pop(b), a]
lnn :: [a.insert(b, c), a]
l :: [a.sort(), a]
l :: [a.sort(reverse=True), a]
l :: [a.reverse(), a, a.pop(), a]
ll :: [a.extend(b), a, a + b, a == b]
ll :: (a < b, a <= b, a == b, a != b)
ll :: list(zip(a, b))
ll :: [x for p in zip(a, b) for x in p]
l :: list(enumerate(a))
l :: list(map(str, a))
l :: list(map(lambda x: x * 2, a))
l :: list(filter(None, a))
l :: list(filter(lambda x: x > 0, a))
l :: sorted(a, key=lambda x: -x)
l :: sorted(a, key=abs, reverse=True)
l :: (set(a) == {1, 2}, len(set(a)), sorted(set(a)))
ll :: sorted(set(a) | set(b))
ll :: sorted(set(a) & set(b))
ll :: sorted(set(a) - set(b))
ll :: sorted(set(a) ^ set(b))
ll :: (set(a) <= set(b), set(a) == set(b), set(a).issubset(b), set(a).isdisjoint(b))
l :: {x: a.count(x) for x in a}
l :: {x for x in a} == set(a)
l :: dict.fromkeys(a, 0)
p :: dict(a)
p :: [x for x, y in a if y == 'a']
p :: sorted(a)
x :: (any(a), all(a), sum(a), a.count(True), max(a, default=None))
dc :: a[b]
dc :: (a.get(b), a.get(b, 5), b in a)
dc :: [a.pop(b, None), a]
dc :: [a.pop(b), a]
dc :: [a.setdefault(b, 3), a]
dcn :: [a.update({b: c}), a, list(a), list(a.items())]
dd :: {**a, **b}
dd :: a == b
d :: (list(a), sum(a.values()), sorted(a.items()), max(a.values(), default=0))
kn :: a[b]
kn :: (b in a, a.get(b, b))
t :: (a, a * 2, a[::-1], a + (1,), a == (1, 2), hash(a) == hash(a))
tn :: (b in a, a.count(b))
tt :: {a: 1, b: 2}
ll :: [x if x > y else y for x in a for y in b]
l :: next((x for x in a if x > 0), None)
nn :: (lambda x, y=b: x + y)(a)
l :: [*a, *a]
l :: {'k': a}['k'] is a
n :: (a, 'pos') if a > 0 else (a, 'neg') if a < 0 else 'zero'
l :: str(a)
d :: str(a)
t :: f'{a}'
i :: int(str(a)) == a
nn :: a, b
ns :: sorted([a, b])
ns :: [a < b, b >= a]
ns :: max(a, b)
l :: [heapq.heapify(a), a]
ln :: [heapq.heapify(a), heapq.heappush(a, b), a, heapq.heappop(a)]
ln :: [a.sort(), bisect.bisect_left(a, b), bisect.bisect_right(a, b)]
ln :: [copy.copy(a), copy.deepcopy((a, [a, b], {'k': a}))]
nn :: [namedtuple('P', 'x y')(a, b).y, namedtuple('P', 'x y')]
""".strip().split("\n")]


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
