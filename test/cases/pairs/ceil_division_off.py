# same: no
# params: a: int
def f(a):
    return -(-a // 7)
# other version
def f(a):
    return a // 7 + 1
