# entry: call run(["pear", "fig", "apple", "kiwi"])
# returns: (['fig', 'pear', 'kiwi', 'apple'], ['pear', 'kiwi', 'fig', 'apple'])
# about: key functions called from C
from functools import cmp_to_key


def by_length(word):
    return len(word)


def compare(a, b):
    return (a > b) - (a < b)


def run(words):
    words = list(words)
    words.sort(key=by_length)
    return words, sorted(words, key=cmp_to_key(compare), reverse=True)
