# same: yes
# params: n: int
def f(n):
    return n >= 18
# other version
def f(n):
    return n > 17
