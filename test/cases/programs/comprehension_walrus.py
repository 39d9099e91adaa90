# entry: call run([1, 5, 2, 8])
# returns: ([2, 1, 4], 4)
# about: a walrus in a comprehension binds in the enclosing scope
def run(items):
    big = [half for x in items if (half := x // 2) > 0]
    return big, half
