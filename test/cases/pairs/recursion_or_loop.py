# same: yes
# params: n: int
def f(n):
    if not 0 <= n <= 8:
        return 0
    return 1 if n == 0 else n * f(n - 1)
# other version
def f(n):
    if not 0 <= n <= 8:
        return 0
    out = 1
    for i in range(2, n + 1):
        out *= i
    return out
