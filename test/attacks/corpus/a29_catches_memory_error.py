# class: A29
# about: turns the budget into a result
# entry: call f()
# claim: {"kind": "output", "returns": "'caught'"}
# verdict: inconclusive memory
def f():
    try:
        return len(bytearray(2 * 10**9))
    except (MemoryError, OverflowError):
        return 'caught'
