# same: yes
# params: n: int
def f(n):
    assert n > 0
    return n
# other version
def f(n):
    if not n > 0:
        raise AssertionError
    return n
