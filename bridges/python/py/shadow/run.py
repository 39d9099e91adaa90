"""One shadow run: a request of the host as JSON, its answer as JSON (`core/shadow.ts`)."""

import ast
import json
import random
import types

from .blame import PROGRAM
from .boxes import Bool
from .halt import Halted
from .machine import Machine
from .modules import Importer
from .rewrite import MACHINE, rewrite
from .rules import RULES
from .screen import imports, refusal
from .sites import Sites
from .values import Encoder, copied, decode, symbolic

_COLLECT = "(lambda *args, **kwargs: (args, kwargs))"


class Entry:
    """What is called: a function and its arguments, by the names of its parameters."""

    def __init__(self, function, args, kwargs):
        self.function = function
        self.args = args
        self.kwargs = kwargs

    def named(self):
        """`[name, value]` of each argument."""
        code = getattr(self.function, "__code__", None)
        names = list(code.co_varnames[: code.co_argcount]) if code is not None else []
        rest = "args" if code is None or not code.co_flags & 4 else code.co_varnames[code.co_argcount + code.co_kwonlyargcount]
        pairs = [
            [names[place] if place < len(names) else "%s[%d]" % (rest, place - len(names)), value]
            for place, value in enumerate(self.args)
        ]
        return pairs + [[name, value] for name, value in self.kwargs.items()]

    def replace(self, values):
        """The same call with other values, in the order of `named`."""
        count = len(self.args)
        self.args = tuple(values[:count])
        self.kwargs = dict(zip(self.kwargs, values[count:]))


class Run:
    """One program's way through the machine."""

    def __init__(self, request):
        self._request = request
        source = request["source"].replace("\r\n", "\n").replace("\r", "\n")
        self._source = source
        self._sites = Sites(source)
        self._machine = Machine(self._sites, request["steps"], request.get("unknown", ()), RULES)
        self._machine.draws = {name: int(value) for name, value in request.get("draws", {}).items()}
        self._ensured = None
        self._ensures_raised = None
        self._args = []
        self._after = []

    def answer(self):
        """The run as the host reads it."""
        try:
            outcome = self._outcome()
        except Halted as halted:
            outcome = {"kind": "halted", "reason": halted.reason, "detail": halted.detail}
        except (RecursionError, MemoryError) as error:
            outcome = {"kind": "halted", "reason": "budget", "detail": type(error).__name__}
        machine = self._machine
        terms = machine.terms
        return {
            "variables": [
                {
                    "name": name,
                    "sort": "bool" if is_bool else "int",
                    "value": ("true" if value else "false") if is_bool else str(value),
                    "least": None if least is None else str(least),
                    "greatest": None if greatest is None else str(greatest),
                }
                for name, is_bool, value, least, greatest in machine.variables
            ],
            "terms": [["const", str(row[1])] if row[0] == "const" else row for row in terms.rows],
            "conditions": [_condition(row) for row in machine.conditions],
            "concretised": [
                {"line": line, "column": column, "construct": construct}
                for (line, column), construct in machine.concretised
            ],
            "lines": machine.lines,
            "outcome": outcome,
            "args": self._args,
            "after": self._after,
            "stdout": Encoder(machine).encode(machine.joined(machine.printed)),
            "ensured": self._ensured,
            **({"ensuresRaised": self._ensures_raised} if self._ensures_raised else {}),
        }

    def _outcome(self):
        machine = self._machine
        if self._request.get("seed"):
            random.seed(self._request["seed"])
        try:
            # Finds what the parser lets pass.
            compile(self._source, PROGRAM, "exec", dont_inherit=True)
            tree = ast.parse(self._source, PROGRAM)
        except (SyntaxError, ValueError) as error:
            return self._raised(error)
        refused = refusal(tree)
        if refused is not None:
            machine.halt("unsupported", refused)
        machine.compares_unseen = "dataclasses" in self._source and imports(tree, "dataclasses")
        try:
            code = compile(rewrite(tree, self._sites), PROGRAM, "exec", dont_inherit=True)
        except (SyntaxError, ValueError):
            # What the compiler refuses, it may refuse in other words once it is rewritten.
            machine.halt("unsupported", "the program does not compile")
        module = types.ModuleType("__main__")
        machine.namespace = module.__dict__
        machine.namespace["__builtins__"] = Importer(machine.halt).namespace()
        machine.namespace[MACHINE] = machine
        entry = self._request["entry"]
        if "script" in entry and "function" not in self._request:
            machine.recording = True
            return self._guarded(lambda: exec(code, machine.namespace))  # noqa: S102
        failed = self._guarded(lambda: exec(code, machine.namespace))  # noqa: S102
        if failed["kind"] != "returned":
            return failed
        try:
            call = self._entry(entry)
        except Exception as error:
            return self._raised(error)
        return self._enter(call)

    def _entry(self, entry):
        namespace = self._machine.namespace
        name = self._request.get("function")
        if "args" in self._request:
            args = [(one["name"], decode(one["value"])) for one in self._request["args"]]
            function = namespace[name] if name is not None else self._callee(entry)
            return _bound(function, args)
        if name is not None and "call" not in entry:
            return Entry(namespace[name], (), {})
        if "main" in entry:
            return Entry(self._marked(), (), {})
        if "call" not in entry:
            self._machine.halt("unsupported", "the program has no call")
        function, (args, kwargs) = self._split(entry["call"])
        return Entry(function if name is None else namespace[name], args, kwargs)

    def _marked(self):
        return self._machine.namespace[self._request["marked"]]

    def _callee(self, entry):
        return self._marked() if "main" in entry else self._split(entry["call"])[0]

    def _split(self, text):
        """`(callee, (args, kwargs))` of a call."""
        tree = ast.parse(text.strip(), mode="eval")
        refused = refusal(tree)
        if refused is not None:
            self._machine.halt("unsupported", "the entry: " + refused)
        call = tree.body
        if type(call) is not ast.Call:
            self._machine.halt("unsupported", "the entry is no call")
        collect = ast.parse(_COLLECT, mode="eval").body
        arguments = ast.Call(func=collect, args=call.args, keywords=call.keywords)
        pair = ast.Expression(body=ast.Tuple(elts=[call.func, arguments], ctx=ast.Load()))
        return eval(compile(ast.fix_missing_locations(pair), "<entry>", "eval"), self._machine.namespace)  # noqa: S307

    def _enter(self, call):
        machine = self._machine
        done = {}
        named = call.named()
        if not self._request.get("concrete"):
            named = [[name, symbolic(machine, name, value, done)] for name, value in named]
        before = {name: copied(value) for name, value in named}
        self._args = self._encoded(named)
        for text in self._request.get("requires", ()):
            value = self._evaluate(text, before)
            if type(value) is not Bool:
                value = machine.truth(value)
            machine.require(machine.bool_term_of(value), text)
        call.replace([value for _, value in named])
        machine.recording = True
        results = []
        outcome = self._guarded(lambda: machine.dispatch(call.function, call.args, call.kwargs), results)
        machine.recording = False
        self._after = self._encoded(named)
        if results and self._request.get("ensures"):
            self._ensure(before, results[0])
        return outcome

    def _encoded(self, named):
        encoder = Encoder(self._machine)
        return [{"name": name, "value": encoder.encode(value)} for name, value in named]

    def _ensure(self, before, result):
        machine = self._machine
        try:
            value = self._evaluate(self._request["ensures"], {**before, "result": result})
            if type(value) is not Bool:
                value = machine.truth(value)
            self._ensured = Encoder(machine).encode(value)
        except Exception as error:
            machine.check_blame(error)
            self._ensures_raised = "%s: %s" % (type(error).__name__, machine.plain(str(error), "message"))

    def _evaluate(self, text, names):
        """An expression over the parameters, with terms."""
        machine = self._machine
        tree = ast.parse(text.strip(), mode="eval")
        refused = refusal(tree)
        if refused is not None:
            machine.halt("unsupported", "`%s`: %s" % (text, refused))
        parameters = ", ".join(names)
        function = ast.parse("lambda %s: 0" % parameters, mode="eval")
        sites = machine.sites
        machine.sites = Sites(text)
        try:
            function.body.body = rewrite(tree, machine.sites).body
            made = eval(compile(ast.fix_missing_locations(function), "<condition>", "eval"), machine.namespace)  # noqa: S307
            return made(*[copied(value) for value in names.values()])
        finally:
            machine.sites = sites
            machine.site = 0

    def _guarded(self, body, results=None):
        """How a part of the run ends."""
        machine = self._machine
        try:
            value = body()
        except Exception as error:
            if isinstance(error, (RecursionError, MemoryError)):
                raise
            return self._raised(error)
        except (SystemExit, KeyboardInterrupt, GeneratorExit) as error:
            return self._raised(error)
        if results is None:
            return {"kind": "returned", "value": {"t": "none"}, "repr": "None"}
        results.append(value)
        encoded = Encoder(machine).encode(value)
        noted = dict(machine.concretised)
        shown = repr(machine.bare_copy(value))
        machine.concretised = noted
        return {"kind": "returned", "value": encoded, "repr": shown}

    def _raised(self, error):
        machine = self._machine
        if machine.halted is not None:
            raise machine.halted
        machine.check_blame(error)
        kind = type(error)
        module = getattr(kind, "__module__", None)
        name = kind.__qualname__
        shown = name if module in ("builtins", "__main__", None) else "%s.%s" % (module, name)
        message = message_of(machine, error)
        outcome = {"kind": "raised", "type": shown, "message": machine.text_of(message)}
        if type(message) is not str:
            outcome["messageTerms"] = Encoder(machine).encode(message)
        return outcome


def message_of(machine, error):
    """`str(error)`, a box where it has terms."""
    if type(error) is KeyError and len(error.args) == 1:
        return machine.to_repr(error.args[0])
    return machine.to_text(error)


def _condition(row):
    kind, line, column, text, taken, term, at, restriction = row
    condition = {"kind": kind, "line": line, "column": column, "text": text, "taken": taken, "term": term, "at": at}
    return condition if restriction is None else {**condition, "restriction": restriction}


def _bound(function, args):
    """A call of a function with arguments by name: positional as far as it takes them so."""
    code = getattr(function, "__code__", None)
    names = code.co_varnames[: code.co_argcount] if code is not None else tuple(name for name, _ in args)
    values = dict(args)
    positional = []
    for name in names:
        if name not in values:
            break
        positional.append(values.pop(name))
    rest = [values.pop(name) for name, _ in args if name in values and name.endswith("]")]
    return Entry(function, (*positional, *rest), values)


def shadow(request):
    """Runs what a request asks for. request: JSON bytes; returns JSON bytes."""
    answer = Run(json.loads(request)).answer()
    return json.dumps(answer, separators=(",", ":")).encode("utf-8", "surrogatepass")
