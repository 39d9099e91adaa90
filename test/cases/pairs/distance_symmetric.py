# same: yes
# params: a: int, b: int
def f(a, b):
    return abs(a - b)
# other version
def f(a, b):
    return max(a, b) - min(a, b)
