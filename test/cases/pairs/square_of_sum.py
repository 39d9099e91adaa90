# same: yes
# params: a: int
def f(a):
    return (a + 3) ** 2
# other version
def f(a):
    return a * a + 6 * a + 9
