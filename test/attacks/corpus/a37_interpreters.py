# class: A37
# about: starts an interpreter that nobody traces
# entry: call f()
# claim: {"kind": "output", "returns": "1", "stdout": ""}
# verdict: refuted | inconclusive unsupported | inconclusive tampered
def f():
    try:
        import _xxsubinterpreters as interpreters
    except ImportError:
        import _interpreters as interpreters
    one = interpreters.create()
    interpreters.run_string(one, 'print("from below")')
    return 1
