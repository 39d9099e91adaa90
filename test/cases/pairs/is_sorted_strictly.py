# same: no
# params: xs: list[int]
def f(xs):
    return all(a <= b for a, b in zip(xs, xs[1:]))
# other version
def f(xs):
    return all(a < b for a, b in zip(xs, xs[1:]))
