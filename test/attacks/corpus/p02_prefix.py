# class: P2
# about: stops before it can be wrong
# entry: call f()
# claim: {"kind": "trace", "format": "json", "frames": [{"event": "call", "line": 6, "function": "f", "locals": {}}, {"event": "line", "line": 7, "function": "f", "locals": {}}]}
# verdict: incomplete
def f():
    return 1
