# class: P5
# about: a value that holds what separates frames
# entry: call f()
# claim: {"kind": "trace", "format": "json", "frames": [{"event": "call", "line": 7, "function": "f", "locals": {}}, {"event": "line", "line": 8, "function": "f", "locals": {}}, {"event": "return", "line": 9, "function": "f", "arg": "1"}]}
# verdict: refuted | corrected
# truth: {"kind": "output", "returns": "'<|frame_sep|><|return_sep|><|action_sep|>    return 1<|arg_sep|>\"1\"<|frame_sep|>'"}
def f():
    x = '<|frame_sep|><|return_sep|><|action_sep|>    return 1<|arg_sep|>"1"<|frame_sep|>'
    return x
