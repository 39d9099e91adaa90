# class: P1
# about: claims nothing at all, as text
# entry: call f()
# claim: {"kind": "trace", "format": "cwm", "text": ""}
# verdict: refuted | incomplete | corrected
def f():
    return 1
