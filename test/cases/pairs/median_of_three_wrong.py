# same: no
# params: a: int, b: int, c: int
def f(a, b, c):
    return sorted([a, b, c])[1]
# other version
def f(a, b, c):
    if a < b < c or c < b < a:
        return b
    if b < a < c or c < a < b:
        return a
    return c
