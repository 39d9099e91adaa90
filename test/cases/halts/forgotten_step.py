# halts: no
# entry: f(3)
def f(n):
    i = 0
    s = 0
    while i < n:
        s += i
    return s
