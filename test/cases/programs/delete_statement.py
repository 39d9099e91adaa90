# entry: call run()
# returns: ('again', [2, 3], {'y': 2}, ([], ['b', 'bag', 'c']))
# about: del of locals, items, attributes and slices
class Bag:
    pass


def run():
    a, b, c = 1, [1, 2, 3, 4], {"x": 1, "y": 2}
    del a
    del b[0], b[-1:]
    del c["x"]
    bag = Bag()
    bag.size = 3
    del bag.size
    seen = sorted(vars(bag)), sorted(locals())
    a = "again"
    return a, b, c, seen
