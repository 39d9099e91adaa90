# same: no
# params: a: int, b: int
def f(a, b):
    return a // b
# other version
def f(a, b):
    if b == 0:
        raise ValueError
    return a // b
