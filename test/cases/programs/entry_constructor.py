# entry: call Stack([1, 2])
# returns: Stack([1, 2])
# about: an entry that makes an object
class Stack:
    def __init__(self, items):
        self.items = list(items)
        self.size = len(self.items)

    def __repr__(self):
        return f"Stack({self.items})"
