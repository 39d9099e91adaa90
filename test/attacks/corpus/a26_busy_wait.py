# class: A26
# about: waits for the clock inside one C call
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive budget
import time


def f():
    start = time.monotonic()
    all(map((10**9).__gt__, iter(time.monotonic, None)))
    return 1
