# class: locals
# about: writes another frame's locals, which 3.13 and later allow
# entry: call f()
# python: 3.14
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted
# truth: {"kind": "trace", "format": "json", "frames": [{"event": "call", "line": 15, "function": "f", "locals": {}}, {"event": "line", "line": 16, "function": "f", "locals": {}}, {"event": "line", "line": 17, "function": "f", "locals": {"x": "1"}}, {"event": "call", "line": 11, "function": "g", "locals": {}}, {"event": "line", "line": 12, "function": "g", "locals": {}}, {"event": "return", "line": 12, "function": "g", "arg": "None"}, {"event": "line", "line": 18, "function": "f", "locals": {"x": "9"}}, {"event": "return", "line": 18, "function": "f", "arg": "9"}]}
import sys


def g():
    sys._getframe(1).f_locals['x'] = 9


def f():
    x = 1
    g()
    return x
