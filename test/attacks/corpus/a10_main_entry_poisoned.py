# class: A10
# about: the modules that read a claimed input are poisoned
# entry: main
# claim: {"kind": "trace", "format": "json", "frames": [{"event": "call", "line": 14, "function": "f", "locals": {"x": "3"}}, {"event": "line", "line": 15, "function": "f", "locals": {"x": "3"}}, {"event": "return", "line": 15, "function": "f", "arg": "98"}]}
# verdict: corrected
# truth: {"kind": "trace", "format": "json", "frames": [{"event": "call", "line": 14, "function": "f", "locals": {"x": "3"}}, {"event": "line", "line": 15, "function": "f", "locals": {"x": "3"}}, {"event": "return", "line": 15, "function": "f", "arg": "3"}]}
import ast
import json

json.loads = lambda _: {'x': '98'}
ast.literal_eval = lambda _: 98


def f(x):  # << START_OF_TRACE
    return x
