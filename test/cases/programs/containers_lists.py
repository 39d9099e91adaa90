# entry: call run([5, 3, 8, 3])
# returns: ([2, 1, 8, 'x', 5], 3, 3, [], [(2, 0, 'a'), (1, 1, 'b'), (8, 2, 'c')], (True, True, 1, [3, 2, 1]), [5, 'x', 8, 1, 2], [0, 0, 0])
# about: list methods and functions over lists
def run(items):
    items.insert(1, "x")
    items.remove(3)
    taken = items.pop()
    items.extend((1, 2))
    items.reverse()
    where = items.index("x")
    copy = items[:]
    copy.clear()
    pairs = list(zip(items, range(10), "abc"))
    flags = any(items), all(items), min(3, 1), sorted([3, 1, 2], reverse=True)
    return items, taken, where, copy, pairs, flags, list(reversed(items)), [0] * 3
