# halts: yes
# entry: f
def f(x, y, c):
    while x > 0 and y > 0:
        if c > 0:
            x -= 1
        else:
            y -= 1
    return x
