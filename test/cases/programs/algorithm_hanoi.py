# entry: call hanoi(2, "A", "C", "B")
# returns: ['AB', 'AC', 'BC']
# about: recursion that joins generators
def moves(n, source, target, spare):
    if n == 0:
        return
    yield from moves(n - 1, source, spare, target)
    yield source + target
    yield from moves(n - 1, spare, target, source)


def hanoi(n, source, target, spare):
    return list(moves(n, source, target, spare))
