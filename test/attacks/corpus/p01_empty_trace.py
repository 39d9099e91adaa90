# class: P1
# about: claims nothing at all
# entry: call f()
# claim: {"kind": "trace", "format": "json", "frames": []}
# verdict: refuted | incomplete | corrected
def f():
    return 1
