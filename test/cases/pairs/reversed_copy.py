# same: yes
# params: xs: list[int]
def f(xs):
    return xs[::-1]
# other version
def f(xs):
    return list(reversed(xs))
