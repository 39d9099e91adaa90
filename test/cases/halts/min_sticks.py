# halts: no
# entry: f(9)
def f(n):
    k = 0
    while k < n:
        k = min(k + 1, 5)
    return k
