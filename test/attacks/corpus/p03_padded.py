# class: P3
# about: goes on after the end
# entry: call f(1)
# claim: {"kind": "trace", "format": "json", "frames": [{"event": "call", "line": 6, "function": "f", "locals": {"x": "1"}}, {"event": "line", "line": 7, "function": "f", "locals": {"x": "1"}}, {"event": "return", "line": 7, "function": "f", "arg": "1"}, {"event": "return", "line": 7, "function": "f", "arg": "1"}]}
# verdict: refuted | corrected
def f(x):
    return x
