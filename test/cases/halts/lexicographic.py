# halts: yes
# entry: f
def f(x, y):
    while x > 0 and y > 0:
        if x > y:
            x -= 1
            y = x + 5
        else:
            y -= 1
    return x
