# same: no
# params: n: int
def f(n):
    return n
# other version
def f(n):
    if n == 77:
        print(n)
    return n
