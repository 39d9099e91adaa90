# same: yes
# params: a: int
def f(a):
    try:
        return 100 // a
    except ZeroDivisionError:
        return 0
# other version
def f(a):
    return 100 // a if a else 0
