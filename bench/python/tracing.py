"""Runs one program under `sys.settrace` and writes every frame down: what a plain tracer in CPython costs.

The frames say the same as Assay's: event, line, function, and the reprs of all locals or of the value. Nothing is
limited, isolated or compared, so a rate that is measured with it flatters CPython.
"""

import io
import re
import sys

FILE_NAME = "program.py"
ADDRESS = re.compile(r" at 0x[0-9a-fA-F]+")


def show(value):
    """The repr of a value without addresses, which differ between processes."""
    try:
        text = repr(value)
    except BaseException as error:
        return f"<repr raised {type(error).__name__}>"
    return ADDRESS.sub("", text) if " at 0x" in text else text


def trace(source, call):
    """Runs a module, then one call in it with tracing on. Returns frames, result and standard output."""
    frames = []

    def follow(frame, event, arg):
        step = {"event": event, "line": frame.f_lineno, "function": frame.f_code.co_name}
        if event == "line" or event == "call":
            step["locals"] = {name: show(value) for name, value in frame.f_locals.items()}
        else:
            step["arg"] = show(arg)
        frames.append(step)
        return follow

    def enter(frame, event, arg):
        return follow(frame, event, arg) if frame.f_code.co_filename == FILE_NAME else None

    output, real_streams = io.StringIO(), (sys.stdout, sys.stderr)
    sys.stdout, sys.stderr = output, io.StringIO()
    namespace = {"__name__": "__main__"}
    try:
        exec(compile(source, FILE_NAME, "exec", dont_inherit=True), namespace)
        entry = compile(call, "<entry>", "eval", dont_inherit=True)
        sys.settrace(enter)
        try:
            value = eval(entry, namespace)
        finally:
            sys.settrace(None)
        result = {"returns": show(value)}
    except Exception as error:
        result = {"raises": type(error).__name__}
    finally:
        sys.stdout, sys.stderr = real_streams
    return {"frames": frames, **result, "stdout": output.getvalue()}
