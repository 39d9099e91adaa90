# class: A14
# about: registers a callback that switches events off
# entry: call f()
# python: 3.14
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive tampered
import sys


def f():
    monitoring = sys.monitoring
    monitoring.use_tool_id(0, 'x')
    monitoring.register_callback(0, monitoring.events.LINE, lambda *_: monitoring.DISABLE)
    monitoring.set_events(0, monitoring.events.LINE)
    return 1
