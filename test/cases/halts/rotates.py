# halts: no
# entry: f(1, 2, 3)
def f(a, b, c):
    while a + b != 2 * c or a != b:
        a, b, c = b, c, a
    return a
