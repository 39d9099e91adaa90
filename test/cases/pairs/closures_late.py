# same: no
# params: n: int
def f(n):
    fs = [lambda i=i: i * n for i in range(3)]
    return [g() for g in fs]
# other version
def f(n):
    fs = [lambda: i * n for i in range(3)]
    return [g() for g in fs]
