# entry: call run()
# returns: (1, [2, 3], False)
# about: slots, and the attribute that does not exist
class Pair:
    __slots__ = ("left", "right")

    def __init__(self, left, right):
        self.left = left
        self.right = right


def run():
    pair = Pair(1, [2])
    pair.right.append(3)
    try:
        pair.middle = 0
    except AttributeError:
        return pair.left, pair.right, hasattr(pair, "__dict__")
