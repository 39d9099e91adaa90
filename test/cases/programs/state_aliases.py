# entry: call run()
# returns: ([1, 2], [1, 2, 3], 3, True)
# about: two names of one list, and arguments that a function changes
def grow(items, by):
    items += [by]
    items = items + ["new"]
    return len(items)


def run():
    a = [1]
    b = a
    size = grow(b, 2)
    b = b[:]
    b.append(3)
    return a, b, size, a is not b
