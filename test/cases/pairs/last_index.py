# same: no
# params: xs: list[int], n: int
def f(xs, n):
    for i, x in enumerate(xs):
        if x == n:
            return i
    return -1
# other version
def f(xs, n):
    found = -1
    for i, x in enumerate(xs):
        if x == n:
            found = i
    return found
