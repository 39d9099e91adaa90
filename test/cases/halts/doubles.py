# halts: no
# entry: f(3)
def f(n):
    while n > 0:
        n *= 2
    return n
