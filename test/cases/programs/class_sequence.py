# entry: call run()
# returns: (3, 'c', ['a', 'b'], ['a', 'b', 'c'], True, False)
# about: __len__, __getitem__ and __contains__, and iteration by index
class Deck:
    def __init__(self, cards):
        self.cards = cards

    def __len__(self):
        return len(self.cards)

    def __getitem__(self, index):
        return self.cards[index]


def run():
    deck = Deck(["a", "b", "c"])
    return len(deck), deck[-1], deck[:2], [c for c in deck], "b" in deck, bool(Deck([]))
