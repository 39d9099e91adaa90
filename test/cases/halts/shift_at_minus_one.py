# halts: no
# entry: f(-1)
def f(n):
    while n:
        n >>= 1
    return n
