# class: A26
# about: sleeps for years; the clock is the host's, so that it costs nothing
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted | inconclusive budget
import time


def f():
    time.sleep(10**8)
    return 1
