# entry: call run([1, 2, 2, 3])
# returns: ([1, 2, 3], [(0, 1), (2, 3), (4, 5)], 4)
# about: a list that changes while it is iterated, and iterators shared by loops
def run(items):
    for item in items:
        if item == 2:
            items.remove(item)
    it = iter(range(6))
    pairs = []
    for a in it:
        pairs.append((a, next(it, None)))
    for a in ():
        pairs.append("never")
    return items, pairs, a
