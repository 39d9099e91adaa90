# class: A39
# about: characters that end a line for some readers and not for Python
# entry: call f()
# claim: {"kind": "path", "line": 9, "reached": true}
# verdict: refuted
# truth: {"kind": "output", "returns": "'\\x0b\\x1c\\u2028'"}
def f():
    return '\x0b\x1c\u2028'
