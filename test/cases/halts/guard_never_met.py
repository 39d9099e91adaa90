# halts: no
# entry: f(2)
def f(n):
    while True:
        if n < 0:
            return n
        n += n + 1
