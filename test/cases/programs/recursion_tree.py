# entry: call depth([1, [2, [3, []], 4], [5]])
# returns: 4
# about: recursion inside a generator expression
def depth(tree):
    if not isinstance(tree, list):
        return 0
    return 1 + max((depth(branch) for branch in tree), default=0)
