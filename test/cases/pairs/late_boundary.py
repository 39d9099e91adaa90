# same: no
# params: n: int
def f(n):
    return 'big' if n > 1000000 else 'small'
# other version
def f(n):
    return 'big' if n >= 1000000 else 'small'
