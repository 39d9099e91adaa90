# same: no
# params: n: int
def f(n):
    if not 0 <= n <= 12:
        return None
    total = 0
    for i in range(n):
        total += i
    return total
# other version
def f(n):
    if not 0 <= n <= 12:
        return None
    return n * (n + 1) // 2
