# same: yes
# params: n: int
def f(n):
    return n & 7
# other version
def f(n):
    return n % 8
