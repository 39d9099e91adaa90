# same: no
# params: lo: int, hi: int, n: int
def f(lo, hi, n):
    return min(max(n, lo), hi)
# other version
def f(lo, hi, n):
    return max(min(n, hi), lo)
