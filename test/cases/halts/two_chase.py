# halts: no
# entry: f(0, 5)
def f(a, b):
    while a < b:
        a += 1
        b += 1
    return a
