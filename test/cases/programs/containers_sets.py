# entry: call run()
# returns: ({1, 2, 3, 9}, {2, 3, 4}, set(), ({1, 2, 3, 4, 5}, {2, 3}, {1}, {1, 4, 5}), frozenset({1, 2}), 'key', True)
# about: sets and frozensets of small integers
def run():
    a = {3, 1, 2}
    b = set(range(2, 6))
    empty = set()
    mixed = a | b, a & b, a - b, a ^ b
    frozen = frozenset([2, 1])
    a.add(9)
    a.discard(100)
    b.remove(5)
    nested = {frozen: "key"}
    return a, b, empty, mixed, frozen, nested[frozenset({1, 2})], a > {1, 2}
