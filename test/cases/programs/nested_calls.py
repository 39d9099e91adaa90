# entry: call outer(4)
# returns: 54
# about: calls within calls, with arguments that are calls
def double(n):
    return n * 2


def add(a, b):
    total = a + b
    return total


def outer(n):
    first = add(double(n), double(n + 1))
    return add(first, double(first))
