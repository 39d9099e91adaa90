# class: A13
# about: takes the trace function off its frame
# entry: call f()
# claim: {"kind": "trace", "format": "json", "frames": [{"event": "call", "line": 9, "function": "f", "locals": {}}, {"event": "return", "line": 12, "function": "f", "arg": "1"}]}
# verdict: corrected | incomplete
# truth: {"kind": "trace", "format": "json", "frames": [{"event": "call", "line": 9, "function": "f", "locals": {}}, {"event": "line", "line": 10, "function": "f", "locals": {}}, {"event": "line", "line": 11, "function": "f", "locals": {}}, {"event": "line", "line": 12, "function": "f", "locals": {"x": "1"}}, {"event": "return", "line": 12, "function": "f", "arg": "1"}]}
import sys

def f():
    sys._getframe().f_trace = None
    x = 1
    return x
