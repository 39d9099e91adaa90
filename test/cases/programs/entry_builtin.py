# entry: call sorted([3, 1, 2], key=rank)
# returns: [3, 2, 1]
# about: an entry that calls into the program only through a built-in
def rank(n):
    return -n
