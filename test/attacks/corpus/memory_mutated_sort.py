# class: memory
# about: changes containers while C code walks them
# entry: call f()
# claim: {"kind": "output", "returns": "'forged'"}
# verdict: refuted | inconclusive memory | inconclusive platform
class Key:
    def __init__(self, items):
        self.items = items

    def __lt__(self, other):
        self.items.clear()
        self.items.extend(range(10))
        return True

    def __eq__(self, other):
        self.items.clear()
        return False

    __hash__ = None


def f():
    items = []
    items.extend(Key(items) for _ in range(50))
    try:
        items.sort()
    except ValueError:
        pass
    other = []
    other.extend(Key(other) for _ in range(50))
    try:
        other.index(other[-1])
    except (ValueError, IndexError):
        pass
    return len(items)
