# same: yes
# params: n: int
def f(n):
    if n > 0:
        return 1
    if n < 0:
        return -1
    return 0
# other version
def f(n):
    return (n > 0) - (n < 0)
