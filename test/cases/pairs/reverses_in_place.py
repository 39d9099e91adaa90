# same: no
# params: xs: list[int]
def f(xs):
    return xs[::-1]
# other version
def f(xs):
    xs.reverse()
    return xs
