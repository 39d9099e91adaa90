# same: no
# params: y: int
def f(y):
    return y % 4 == 0 and (y % 100 != 0 or y % 400 == 0)
# other version
def f(y):
    return y % 4 == 0 and y % 100 != 0
