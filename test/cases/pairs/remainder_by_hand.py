# same: yes
# params: a: int
def f(a):
    return a % 5
# other version
def f(a):
    return a - 5 * (a // 5)
