# halts: no
# entry: f(3, -1)
def f(x, y):
    while x > 0:
        if y > 0:
            x -= 1
        else:
            y -= 1
    return x
