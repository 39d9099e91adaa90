# class: A13
# about: sets the hooks for threads to come, which there are none of
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted
# truth: {"kind": "output", "returns": "1"}
import threading


def f():
    threading.settrace(lambda *_: None)
    threading.setprofile(lambda *_: None)
    return 1
