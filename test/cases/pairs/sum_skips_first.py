# same: no
# params: xs: list[int]
def f(xs):
    return sum(xs)
# other version
def f(xs):
    total = 0
    for i in range(1, len(xs)):
        total += xs[i]
    return total
