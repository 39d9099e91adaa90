# class: A29
# about: grows step by step and catches MemoryError
# entry: call f()
# claim: {"kind": "output", "returns": "1"}
# verdict: inconclusive memory | inconclusive budget
def f():
    hold = [b'']
    try:
        while True: hold.append(bytes(10**6))
    except MemoryError:
        return 1
