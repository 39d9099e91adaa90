# class: A27
# about: catches whatever would stop it
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive budget
def f():
    while True:
        try:
            while True:
                pass
        except BaseException:
            continue
        finally:
            continue
