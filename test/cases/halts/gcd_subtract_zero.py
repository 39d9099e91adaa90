# halts: no
# entry: f(4, 0)
def f(a, b):
    while a != b:
        if a > b:
            a -= b
        else:
            b -= a
    return a
