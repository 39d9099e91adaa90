# same: yes
# params: a: int, b: int
def f(a, b):
    return (b, a)
# other version
def f(a, b):
    a = a + b
    b = a - b
    a = a - b
    return (a, b)
