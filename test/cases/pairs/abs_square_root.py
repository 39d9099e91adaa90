# same: no
# params: n: int
def f(n):
    return abs(n)
# other version
def f(n):
    return n if n > 1 else -n
