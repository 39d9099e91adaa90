# class: A13
# about: looks for the descriptor that was there before, through the collector
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted
# truth: {"kind": "output", "raises": "AttributeError"}
import gc
import sys
import types


def f():
    attributes = next(one for one in gc.get_referents(types.FrameType.__dict__) if type(one) is dict)
    del attributes['f_trace_lines']
    sys._getframe().f_trace_lines = False
    return 1
