# same: no
# params: n: int
def f(n):
    return n
# other version
def f(n):
    return int(float(n)) if abs(n) < 2 ** 60 else n
