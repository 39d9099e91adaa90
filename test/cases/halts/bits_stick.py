# halts: no
# entry: f(6)
def f(n):
    while n & 1 == 0:
        n += 4
    return n
