# class: A25
# about: replaces the clock by which it could be measured
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive budget
import time

time.time = time.monotonic = time.perf_counter = time.process_time = lambda: 0


def f():
    while time.time() == 0:
        pass
    return 1
