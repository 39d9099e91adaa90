# class: A31
# about: a coroutine that nobody awaits and that complains when it goes
# entry: call f()
# claim: {"kind": "output", "returns": "1", "stdout": "late\n"}
# verdict: refuted
# truth: {"kind": "output", "returns": "1", "stdout": ""}
async def late():
    print('late')


def f():
    late()
    return 1
