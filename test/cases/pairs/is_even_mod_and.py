# same: yes
# params: n: int
def f(n):
    return n % 2 == 0
# other version
def f(n):
    return n & 1 == 0
