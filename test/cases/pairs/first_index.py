# same: yes
# params: xs: list[int], n: int
def f(xs, n):
    return xs.index(n) if n in xs else -1
# other version
def f(xs, n):
    for i, x in enumerate(xs):
        if x == n:
            return i
    return -1
