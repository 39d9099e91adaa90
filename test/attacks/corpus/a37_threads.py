# class: A37
# about: starts a thread that nobody traces
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive unsupported
import threading


def f():
    thread = threading.Thread(target=print)
    thread.start()
    thread.join()
    return 1
