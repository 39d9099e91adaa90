# same: no
# params: n: int
def f(n):
    seen = []
    seen.append(n)
    return seen
# other version
def f(n, seen=[]):
    seen.append(n)
    return [x for x in seen] if n != 5 else seen + [n]
