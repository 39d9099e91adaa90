# same: yes
# params: a: int, b: int, c: int
def f(a, b, c):
    return sorted([a, b, c])[1]
# other version
def f(a, b, c):
    return max(min(a, b), min(max(a, b), c))
