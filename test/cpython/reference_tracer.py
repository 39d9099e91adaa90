"""Traces programs in a real CPython, as the reference that a replay is compared with.

Reads one JSON object a line from standard input and answers each with one line of JSON on standard output, until
the input ends:

    {"source": "...", "entry": {"call": "f(3)"} | {"main": true} | {"script": true}, "stdin": "", "seed": 0}
    {"frames": [{"event", "line", "function", "locals" | "arg"}], "outcome": {...}, "stdout": "..."}

Every program runs in a process of its own, forked from this one, so that what it does to its interpreter ends with
it. A request that cannot be run is answered with `{"error": "..."}`. `--seconds N` limits each run.
"""

import argparse
import ast
import gc
import io
import os
import random
import re
import resource
import select
import signal
import sys
import time
import traceback
import types
from builtins import repr as builtin_repr
from json import dumps, loads

ENTRY_MARK = "# << START_OF_TRACE"
FILE_NAME = "<program>"
MAX_FRAMES = 1_000_000
MEMORY_BYTES = 2 << 30
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def show(value):
    """The repr of a value without addresses. A repr is code of the program, so it may raise anything."""
    try:
        return ADDRESS.sub("", builtin_repr(value))
    except BaseException as error:
        return f"<repr raised {type(error).__name__}>"


def code_ids(root):
    """Identities of the code objects compiled with `root`. Equal code may also exist elsewhere, hence no `==`."""
    found, waiting = set(), [root]
    while waiting:
        code = waiting.pop()
        found.add(id(code))
        waiting.extend(constant for constant in code.co_consts if isinstance(constant, types.CodeType))
    return found


class Recorder:
    """Writes down the frames of a program's own code as `sys.settrace` reports them.

    It keeps texts only: holding a frame or a value would keep objects alive, and with them generators open.
    """

    def __init__(self, codes, untouched, overflow):
        self.frames = []
        self._codes = codes
        self._untouched = untouched
        self._overflow = overflow

    def trace(self, frame, event, arg):
        """The global trace function: called for each `call`, chooses the scopes that are followed."""
        if id(frame.f_code) not in self._codes:
            return None
        last_line = frame.f_code.co_firstlineno

        def follow(frame, event, arg):
            nonlocal last_line
            # The compiler's own instructions have no line (None, or 0 for the start of a module).
            last_line = frame.f_lineno or last_line
            self._record(frame, event, arg, max(last_line, 1))
            return follow

        return follow(frame, event, arg)

    def _record(self, frame, event, arg, line):
        if len(self.frames) == MAX_FRAMES:
            self._overflow(self)
        entry = {"event": event, "line": line, "function": frame.f_code.co_name}
        if event in ("call", "line"):
            entry["locals"] = {name: show(value) for name, value in self._variables(frame)}
        else:
            entry["arg"] = show(arg)
        self.frames.append(entry)

    def _variables(self, frame):
        code, values = frame.f_code, dict(frame.f_locals)
        for name in (*code.co_varnames, *code.co_cellvars, *code.co_freevars):
            if name in values:
                yield name, values.pop(name)
        for name, value in values.items():
            if isinstance(name, str) and not (frame.f_locals is frame.f_globals and self._is_untouched(name, value)):
                yield name, value

    def _is_untouched(self, name, value):
        return name in self._untouched and self._untouched[name] is value


def header_lines(definition, lines):
    """The physical lines from `def` up to the body; the only one where the body is on it too."""
    last = max(definition.lineno, definition.body[0].lineno - 1)
    return lines[definition.lineno - 1 : last]


def find_marked_function(source):
    """Name of the function of the module whose header carries the entry mark."""
    lines = re.split(r"\r\n|\r|\n", source)
    for node in ast.parse(source).body:
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            if any(line.rstrip().endswith(ENTRY_MARK) for line in header_lines(node, lines)):
                return node.name
    raise LookupError(f"no function is marked with {ENTRY_MARK}")


def bind_call(expression, namespace):
    """Evaluates callee and arguments of a call, and returns what makes the call itself."""
    tree = ast.parse(expression.strip(), mode="eval")
    if not isinstance(tree.body, ast.Call):
        code = compile(tree, "<entry>", "eval")
        return lambda: eval(code, namespace)
    # A name with a space cannot shadow one of the program.
    call = ast.Call(ast.Name(" bind", ast.Load()), [tree.body.func, *tree.body.args], tree.body.keywords)
    tree.body = ast.copy_location(call, tree.body)
    code = compile(ast.fix_missing_locations(tree), "<entry>", "eval")
    return eval(code, namespace, {" bind": bind})


def bind(callee, /, *args, **kwargs):
    """What makes this call."""
    return lambda: callee(*args, **kwargs)


def bind_entry(entry, source, code, namespace):
    """What starts the traced part of a run. Everything before it runs untraced."""
    if "script" in entry:
        return lambda: exec(code, namespace)
    exec(code, namespace)
    if "main" in entry:
        return bind(namespace[find_marked_function(source)])
    return bind_call(entry["call"], namespace)


def raised(error, codes):
    """The outcome of a run that an exception ends, with the type as a traceback prints it."""
    kind = type(error)
    prefix = "" if kind.__module__ in ("__main__", "builtins") else f"{kind.__module__}."
    outcome = {"kind": "raised", "type": prefix + kind.__qualname__, "message": str(error)}
    step = error.__traceback__
    while step is not None:
        if id(step.tb_frame.f_code) in codes:
            outcome["line"] = step.tb_lineno
        step = step.tb_next
    return outcome


def new_main():
    """A fresh `__main__`: classes, `dataclasses` and `typing` look their module up by name."""
    module = types.ModuleType("__main__")
    module.__dict__["__builtins__"] = __builtins__
    if sys.version_info < (3, 14):
        module.__dict__["__annotations__"] = {}
    sys.modules["__main__"] = module
    return module.__dict__


def run(request, reply):
    """Runs one program and passes its trace to `reply`."""
    source, entry = request["source"], request["entry"]
    output = io.BytesIO()
    sys.stdin = io.TextIOWrapper(io.BytesIO(request.get("stdin", "").encode()), "utf-8")
    sys.stdout = io.TextIOWrapper(output, "utf-8", newline="\n", write_through=True)
    random.seed(request.get("seed", 0))
    # When a cycle is collected depends on how much this tracer allocates; no program of a test may depend on it.
    gc.disable()

    def answer(frames, outcome):
        return {"frames": frames, "outcome": outcome, "stdout": output.getvalue().decode("utf-8", "surrogateescape")}

    def overflow(recorder):
        detail = f"more than {MAX_FRAMES} frames"
        reply(answer(recorder.frames, {"kind": "halted", "reason": "frames", "detail": detail}))

    try:
        code = compile(source, FILE_NAME, "exec", dont_inherit=True)
    except Exception as error:
        line = {"line": error.lineno} if isinstance(error, SyntaxError) and error.lineno else {}
        return reply(answer([], {**raised(error, set()), **line, "atImport": True}))

    codes, namespace = code_ids(code), new_main()
    recorder = Recorder(codes, dict(namespace), overflow)
    started = False
    try:
        start = bind_entry(entry, source, code, namespace)
        started = True
        sys.settrace(recorder.trace)
        try:
            value = start()
        finally:
            sys.settrace(None)
        outcome = {"kind": "returned", "value": show(value)}
    except BaseException as error:
        outcome = raised(error, codes)
        if not started and "line" in outcome:
            outcome["atImport"] = True
    return reply(answer(recorder.frames, outcome))


def run_in_child(request, channel, seconds):
    """The forked half of `trace`; never returns."""

    def reply(message):
        sys.settrace(None)
        with open(channel, "wb") as pipe:
            pipe.write(dumps(message).encode())
        os._exit(0)

    # The standard streams of this process belong to the protocol, not to the program.
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds + 1, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    try:
        run(request, reply)
    except BaseException:
        reply({"error": traceback.format_exc()})


def read_to_end(descriptor, deadline):
    """All bytes that come before the deadline, and whether the other end was closed by then."""
    chunks = []
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([descriptor], [], [], left)[0]:
            break
        chunk = os.read(descriptor, 1 << 20)
        if not chunk:
            return b"".join(chunks), True
        chunks.append(chunk)
    return b"".join(chunks), False


def trace(request, seconds):
    """The answer to one request, as JSON text."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reader)
        run_in_child(request, writer, seconds)
    os.close(writer)
    try:
        text, ended = read_to_end(reader, time.monotonic() + seconds)
    finally:
        os.close(reader)
    if not ended:
        os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    if not ended:
        outcome = {"kind": "halted", "reason": "time", "detail": f"more than {seconds} s"}
        return dumps({"frames": [], "outcome": outcome, "stdout": ""})
    if not text:
        return dumps({"error": f"the process of the program ended by itself, wait status {status}"})
    return text.decode()


def main():
    """Answers requests until the input ends."""
    options = argparse.ArgumentParser(description="Traces programs in this CPython.")
    options.add_argument("--seconds", type=int, default=20, help="limit of each run")
    seconds = options.parse_args().seconds
    for line in sys.stdin:
        if line.strip():
            print(trace(loads(line), seconds), flush=True)


if __name__ == "__main__":
    main()
