# same: yes
# params: a: int, b: int
def f(a, b):
    return divmod(a, b)
# other version
def f(a, b):
    return (a // b, a % b)
