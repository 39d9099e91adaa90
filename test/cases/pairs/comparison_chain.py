# same: yes
# params: a: int, b: int, c: int
def f(a, b, c):
    return a < b < c
# other version
def f(a, b, c):
    return a < b and b < c
