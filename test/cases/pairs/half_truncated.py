# same: no
# params: n: int
def f(n):
    return n // 2
# other version
def f(n):
    return -(-n // 2)
