# halts: no
# entry: f(1)
def f(n):
    while n % 2 == 1:
        n += 2
    return n
