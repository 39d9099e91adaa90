# entry: call run()
# returns: ('up', 'none', 'x', 'flag', 9, 2)
# about: __bool__, __format__, __str__, __index__ and __hash__
class Flag:
    def __init__(self, value):
        self.value = value

    def __bool__(self):
        return self.value > 0

    def __str__(self):
        return "flag"

    def __format__(self, spec):
        return spec or "none"

    def __index__(self):
        return self.value

    def __hash__(self):
        return self.value

    def __eq__(self, other):
        return isinstance(other, Flag) and self.value == other.value


def run():
    up, down = Flag(2), Flag(0)
    chosen = "up" if up and not down else "down"
    return chosen, f"{up}", f"{up:x}", str(up), [7, 8, 9][up], len({up, Flag(2), down})
