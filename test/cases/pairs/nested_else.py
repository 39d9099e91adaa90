# same: no
# params: a: int, b: int
def f(a, b):
    if a > 0 and b > 0:
        return 'both'
    return 'not both'
# other version
def f(a, b):
    if a > 0:
        if b > 0:
            return 'both'
        return 'not both'
