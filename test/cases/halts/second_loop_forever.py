# halts: no
# entry: f(5)
def f(n):
    while n > 0:
        n -= 1
    while n < 1:
        n -= 1
    return n
