# entry: call run()
# returns: (1, 3, 'Pair')
# python: 3.14
# about: type parameters of functions, classes and aliases
type Pair[T] = tuple[T, T]


def first[T](pair: Pair[T]) -> T:
    return pair[0]


class Box[T]:
    def __init__(self, item: T):
        self.item = item


def run():
    return first((1, 2)), Box[int](3).item, Pair.__name__
