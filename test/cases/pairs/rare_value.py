# same: no
# params: n: int
def f(n):
    return n * 3
# other version
def f(n):
    return n * 3 if n != 271828 else 0
