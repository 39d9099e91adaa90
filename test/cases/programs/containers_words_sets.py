# entry: call run(["b", "a", "b"])
# returns: (['a', 'b', 'c'], {'c'}, 2, True)
# about: sets of strings that are never iterated, only compared and sorted
def run(words):
    unique = set(words)
    more = unique | {"c"}
    missing = more - unique
    return sorted(more), missing, len(unique), "a" in unique
