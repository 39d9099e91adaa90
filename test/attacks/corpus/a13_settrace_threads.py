# class: A13
# about: replaces the trace function of all threads
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted
# verdict-3.14: inconclusive tampered
import threading


def f():
    threading.settrace_all_threads(None)
    return 1
