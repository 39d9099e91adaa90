# same: yes
# params: n: int, p: bool
def f(n, p):
    return n + 1 if p else n - 1
# other version
def f(n, p):
    return n - 1 if not p else n + 1
