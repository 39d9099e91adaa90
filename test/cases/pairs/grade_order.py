# same: no
# params: n: int
def f(n):
    if n >= 90:
        return 'A'
    if n >= 80:
        return 'B'
    return 'C'
# other version
def f(n):
    if n >= 80:
        return 'B'
    if n >= 90:
        return 'A'
    return 'C'
