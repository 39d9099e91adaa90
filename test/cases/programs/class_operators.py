# entry: call run()
# returns: (Money(47), Money(30), False, [Money(5), Money(12), Money(30)])
# about: operators, reflected operators and total_ordering
from functools import total_ordering


@total_ordering
class Money:
    def __init__(self, cents):
        self.cents = cents

    def __add__(self, other):
        if not isinstance(other, Money):
            return NotImplemented
        return Money(self.cents + other.cents)

    def __radd__(self, other):
        return self if other == 0 else NotImplemented

    def __eq__(self, other):
        return self.cents == other.cents

    def __lt__(self, other):
        return self.cents < other.cents

    def __repr__(self):
        return f"Money({self.cents})"


def run():
    purse = [Money(30), Money(5), Money(12)]
    return sum(purse), max(purse), Money(5) >= Money(12), sorted(purse)
