# halts: no
# entry: f(5)
def f(n):
    while n != 0:
        n -= 2
    return n
