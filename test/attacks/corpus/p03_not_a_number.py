# class: P3
# about: JSON that is none
# entry: call f(1)
# claim: {"kind": "trace", "format": "cwm", "text": "<|frame_sep|><|call_sep|>{\"x\": NaN}<|action_sep|>def f(x):\n<|frame_sep|>"}
# verdict: refuted | corrected
def f(x):
    return x
