# same: yes
# params: n: int
def f(n):
    return abs(n)
# other version
def f(n):
    return n if n >= 0 else -n
