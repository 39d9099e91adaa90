# halts: no
# entry: f(10)
def f(n):
    while n != 0:
        n -= 3
    return n
