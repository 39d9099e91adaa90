# class: A17
# about: changes its argument and then computes from it
# entry: call f([1, 2, 3])
# claim: {"kind": "trace", "format": "json", "frames": [{"event": "call", "line": 7, "function": "f", "locals": {"a": "[0, 0, 0]"}}, {"event": "line", "line": 8, "function": "f", "locals": {"a": "[0, 0, 0]"}}, {"event": "line", "line": 9, "function": "f", "locals": {"a": "[0, 0, 0]"}}, {"event": "return", "line": 9, "function": "f", "arg": "0"}]}
# verdict: corrected
# truth: {"kind": "trace", "format": "json", "frames": [{"event": "call", "line": 7, "function": "f", "locals": {"a": "[1, 2, 3]"}}, {"event": "line", "line": 8, "function": "f", "locals": {"a": "[1, 2, 3]"}}, {"event": "line", "line": 9, "function": "f", "locals": {"a": "[0, 0, 0]"}}, {"event": "return", "line": 9, "function": "f", "arg": "0"}]}
def f(a):
    a[:] = [0, 0, 0]
    return sum(a)
