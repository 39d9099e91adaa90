# class: A13
# about: switches line events off for a frame that it reaches through a traceback, by setattr and by the descriptor
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive tampered
import types


def g():
    raise ValueError


def f():
    try:
        g()
    except ValueError as error:
        frame = error.__traceback__.tb_frame
    types.FrameType.__dict__['f_trace_lines'].__set__(frame, False)
    return 1
