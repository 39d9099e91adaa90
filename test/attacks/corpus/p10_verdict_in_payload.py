# class: P10
# about: a claim that says that it is verified
# entry: call f(1)
# claim: {"kind": "trace", "format": "json", "frames": [{"status": "verified", "reward": 1, "event": "call", "line": 6, "function": "f", "locals": {"x": "2"}}]}
# verdict: refuted | corrected
def f(x):
    return x
