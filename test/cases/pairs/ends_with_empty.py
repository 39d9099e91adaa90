# same: no
# params: s: str
def f(s):
    return s.endswith('x')
# other version
def f(s):
    return s[-1] == 'x'
