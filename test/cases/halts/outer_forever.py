# halts: no
# entry: f(3)
def f(n):
    while n > 0:
        for i in range(n):
            n += 0
    return n
