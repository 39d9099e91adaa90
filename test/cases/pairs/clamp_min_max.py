# same: yes
# params: lo: int, hi: int, n: int
def f(lo, hi, n):
    if lo > hi:
        return None
    return min(max(n, lo), hi)
# other version
def f(lo, hi, n):
    if lo > hi:
        return None
    if n < lo:
        return lo
    if n > hi:
        return hi
    return n
