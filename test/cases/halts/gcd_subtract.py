# halts: yes
# entry: f
def f(a, b):
    if a < 1 or b < 1:
        return 0
    while a != b:
        if a > b:
            a -= b
        else:
            b -= a
    return a
