# same: no
# params: n: int
def f(n):
    return n | 4
# other version
def f(n):
    return n + 4
