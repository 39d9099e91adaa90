# same: no
# params: xs: list[int]
def f(xs):
    return max(xs) if xs else 0
# other version
def f(xs):
    best = 0
    for x in xs:
        if x > best:
            best = x
    return best
