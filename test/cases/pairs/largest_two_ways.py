# same: yes
# params: xs: list[int]
def f(xs):
    best = None
    for x in xs:
        if best is None or x > best:
            best = x
    return best
# other version
def f(xs):
    return max(xs) if xs else None
