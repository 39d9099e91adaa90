# halts: yes
# entry: f
def f(x, y):
    while x > 0:
        if y > 0:
            y -= 1
        else:
            x -= 1
            y = x
    return y
