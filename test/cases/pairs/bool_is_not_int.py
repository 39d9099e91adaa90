# same: no
# params: n: int
def f(n):
    return n > 3
# other version
def f(n):
    return 1 if n > 3 else 0
