# same: no
# params: a: int
def f(a):
    return 100 // a
# other version
def f(a):
    try:
        return 100 // a
    except ZeroDivisionError:
        return 0
