# entry: call run([3, 1, 2])
# returns: ([6, 2, 4], [3, 1], 6, 1)
# about: map, filter, sorted and reduce calling back into the program
from functools import reduce


def run(items):
    doubled = list(map(lambda x: x * 2, items))
    odd = list(filter(lambda x: x % 2, items))
    product = reduce(lambda a, b: a * b, items, 1)
    best = max(items, key=lambda x: -x)
    return doubled, odd, product, best
