# same: no
# params: d: dict[str, int]
def f(d):
    return d.get('a', 5)
# other version
def f(d):
    return d.get('a') or 5
