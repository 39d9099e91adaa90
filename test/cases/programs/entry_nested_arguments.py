# entry: call total(*parts(2), scale=len(parts(3)), **{"label": "n"})
# returns: ('n', 3)
# about: arguments of an entry that run code of the program before the trace starts
def parts(n):
    return list(range(n))


def total(*items, scale, label):
    return label, sum(items) * scale
