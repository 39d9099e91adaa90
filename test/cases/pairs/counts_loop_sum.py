# same: yes
# params: xs: list[int]
def f(xs):
    total = 0
    for x in xs:
        total += x
    return total
# other version
def f(xs):
    return sum(xs)
