# class: P4
# about: gives the right trace and then a wrong one
# entry: call f(1)
# claim: {"kind": "trace", "format": "cwm", "text": "<|frame_sep|><|call_sep|>{\"x\": \"1\"}<|action_sep|>def f(x):\n<|frame_sep|><|line_sep|>{\"x\": \"..\"}<|action_sep|>    return x\n<|frame_sep|><|return_sep|><|action_sep|>    return x\n<|arg_sep|>\"1\"<|frame_sep|><|call_sep|>{\"x\": \"2\"}<|action_sep|>def f(x):\n<|frame_sep|><|line_sep|>{\"x\": \"..\"}<|action_sep|>    return x\n<|frame_sep|><|return_sep|><|action_sep|>    return x\n<|arg_sep|>\"2\"<|frame_sep|><|end_of_text|>"}
# verdict: refuted | corrected
def f(x):
    return x
