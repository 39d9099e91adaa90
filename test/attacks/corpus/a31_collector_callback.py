# class: A31
# about: a callback of the collector, and a collector that never rests
# entry: call f()
# claim: {"kind": "output", "returns": "2"}
# verdict: refuted
# truth: {"kind": "output", "returns": "1"}
import gc

gc.callbacks.append(lambda phase, info: None)
gc.set_threshold(1, 1, 1)
gc.set_debug(gc.DEBUG_SAVEALL)
gc.unfreeze()


def f():
    return 1
