# same: yes
# params: n: int
def f(n):
    if not 0 <= n < 1000:
        return None
    total = 0
    while n:
        total += n % 10
        n //= 10
    return total
# other version
def f(n):
    if not 0 <= n < 1000:
        return None
    return n % 10 + n // 10 % 10 + n // 100
