# entry: call run(list(range(8)))
# returns: ([2, 3, 4], [7, 5, 3, 1], ['a', 'b', 'c', -2, 4, 5], 'bd', ['b', 'c', -2, 4, 5], [], slice(1, None, None))
# about: slices read, assigned and deleted
def run(items):
    middle = items[2:5]
    back = items[::-2]
    items[1:3] = ["a", "b", "c"]
    items[::4] = [-1, -2, -3]
    del items[-2:]
    del items[0]
    text = "abcdef"[1:-1:2]
    part = slice(1, None)
    return middle, back, items, text, items[part], items[10:], part
