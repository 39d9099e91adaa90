# class: P6
# about: says of every value that it has not changed, or that it is left out
# entry: call f(1)
# claim: {"kind": "trace", "format": "json", "frames": [{"event": "call", "line": 6, "function": "f", "locals": {"x": ".."}}, {"event": "line", "line": 7, "function": "f", "locals": {"x": "<omitted>"}}, {"event": "return", "line": 7, "function": "f", "arg": ".."}]}
# verdict: refuted | corrected
def f(x):
    return x
