# halts: no
# entry: f(1)
def f(n):
    while n > 0:
        for i in range(3):
            n += i
    return n
