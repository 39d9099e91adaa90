# class: A14
# about: takes the tool of the tracer over
# entry: call f()
# python: 3.14
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted | inconclusive tampered
import sys


def f():
    sys.monitoring.set_events(7, 0)
    sys.monitoring.free_tool_id(7)
    return 1
