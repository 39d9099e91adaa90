# class: A14
# about: clears the events of its own code objects, and restarts all events
# entry: call f()
# python: 3.14
# claim: {"kind": "path", "line": 16, "reached": false}
# verdict: refuted | inconclusive tampered
import sys


def f():
    monitoring = sys.monitoring
    monitoring.use_tool_id(5, 'x')
    monitoring.set_local_events(5, f.__code__, 0)
    monitoring.restart_events()
    monitoring.free_tool_id(5)
    x = 1
    return x
