# same: no
# params: n: int
def f(n):
    return n % 2 == 1
# other version
def f(n):
    return n - 2 * int(n / 2) == 1 if -1000 < n < 1000 else n % 2 == 1
