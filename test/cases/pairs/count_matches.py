# same: yes
# params: xs: list[int], n: int
def f(xs, n):
    return xs.count(n)
# other version
def f(xs, n):
    return sum(1 for x in xs if x == n)
