# same: no
# params: n: int
def f(n):
    return n or 10
# other version
def f(n):
    return 10 if n is None else n
