# halts: no
# entry: f(2, 1)
def f(a, b):
    while a > b:
        a += 2
        b += 1
    return a
