# entry: call run("abbccc")
# returns: ([('a', 1), ('b', 2), ('c', 3)], [1, 12, 123], [1, 5, 9], ([('a', 'b'), ('a', 'c'), ('b', 'c')], 24), [1, 2, 3], [(0, 0), (0, 1), (1, 0), (1, 1)], ['b', 'b', 'c'])
# about: itertools, with callbacks into the program
from itertools import accumulate, chain, combinations, count, groupby, islice, permutations, product, takewhile


def small(n):
    return n < 10


def run(text):
    runs = [(key, len(list(group))) for key, group in groupby(text)]
    sums = list(accumulate([1, 2, 3], lambda a, b: a * 10 + b))
    low = list(takewhile(small, count(1, 4)))
    pairs = list(combinations("abc", 2)), len(list(permutations(range(4))))
    flat = list(chain.from_iterable([[1], (2, 3)]))
    return runs, sums, low, pairs, flat, list(product([0, 1], repeat=2)), list(islice(text, 1, 4))
