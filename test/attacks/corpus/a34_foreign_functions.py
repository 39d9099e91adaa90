# class: A34
# about: calls the engine's functions by name
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive unsupported
def f():
    import ctypes

    return ctypes.CDLL(None).emscripten_run_script_int(b'1')
