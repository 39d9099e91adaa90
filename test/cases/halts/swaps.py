# halts: no
# entry: f(1, 2)
def f(a, b):
    while a != b:
        a, b = b, a
    return a
