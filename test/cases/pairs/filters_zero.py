# same: no
# params: xs: list[int]
def f(xs):
    return [x for x in xs if x > 0]
# other version
def f(xs):
    return [x for x in xs if x >= 0]
