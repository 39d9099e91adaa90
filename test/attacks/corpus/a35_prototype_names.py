# class: A35
# about: names that mean something to the host's language
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted
# truth: {"kind": "trace", "format": "json", "frames": [{"event": "call", "line": 7, "function": "f", "locals": {}}, {"event": "line", "line": 8, "function": "f", "locals": {}}, {"event": "line", "line": 9, "function": "f", "locals": {"__proto__": "{'polluted': True}"}}, {"event": "line", "line": 10, "function": "f", "locals": {"__proto__": "{'polluted': True}", "constructor": "None"}}, {"event": "return", "line": 10, "function": "f", "arg": "2"}]}
def f():
    __proto__ = {'polluted': True}
    constructor = None
    return 2
