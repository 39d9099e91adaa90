# same: yes
# params: xs: list[int]
def f(xs):
    return [x for x in xs if x > 0]
# other version
def f(xs):
    out = []
    for x in xs:
        if not x <= 0:
            out.append(x)
    return out
