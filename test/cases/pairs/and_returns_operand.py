# same: no
# params: p: bool, n: int
def f(p, n):
    return p and n
# other version
def f(p, n):
    return n if p else 0
