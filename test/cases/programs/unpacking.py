# entry: call run()
# returns: (2, 1, 'h', ['e', 'l', 'l', 'o'], [0, 1], 2, 3, [4, 5], 6, 'k', 'l', [2, 13, 0], 'not enough values to unpack (expected 2, got 1)')
# about: unpacking of tuples, nested, with stars, in loops and swaps
def run():
    a, b = 1, 2
    a, b = b, a
    first, *rest = "hello"
    *start, (x, [y, *z]), end = [0, 1, (2, [3, 4, 5]), 6]
    [p, q] = {"k": 1, "l": 2}
    totals = []
    for i, (j, k) in enumerate([(1, 2), (3, 4)]):
        totals.append(i + j * k)
    c = d = totals
    d.append(0)
    try:
        one, two = [1]
    except ValueError as error:
        message = str(error)
    return a, b, first, rest, start, x, y, z, end, p, q, c, message
