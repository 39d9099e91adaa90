# same: no
# params: a: int
def f(a):
    return a % 5
# other version
def f(a):
    r = abs(a) % 5
    return r if a >= 0 else -r
