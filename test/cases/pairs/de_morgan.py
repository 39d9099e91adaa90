# same: yes
# params: p: bool, q: bool
def f(p, q):
    return not (p and q)
# other version
def f(p, q):
    return not p or not q
