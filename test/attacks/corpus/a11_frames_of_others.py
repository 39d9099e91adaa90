# class: A11
# about: looks for frames through tracebacks, generators, coroutines and threads
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: refuted
# truth: {"kind": "output", "returns": "(0, True, True, 1, 1)"}
import sys


def generator():
    yield


async def coroutine():
    return None


def f():
    try:
        raise ValueError
    except ValueError as error:
        trace = error.__traceback__
    below = 0
    frame = trace.tb_frame.f_back
    while frame is not None:
        below += 1
        frame = frame.f_back
    one = generator()
    two = coroutine()
    found = one.gi_frame.f_back is None, two.cr_frame.f_back is None
    two.close()
    return (below, *found, len(sys._current_frames()), len(sys._current_exceptions()))
