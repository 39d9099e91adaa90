# same: yes
# params: d: dict[str, int]
def f(d):
    return sum(d.values())
# other version
def f(d):
    total = 0
    for k in d:
        total += d[k]
    return total
