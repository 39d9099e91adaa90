# entry: call run()
# returns: (6, [2, 1], False)
# about: __iter__ and __next__ of the program, driven by for and list()
class Countdown:
    def __init__(self, start):
        self.current = start

    def __iter__(self):
        return self

    def __next__(self):
        if self.current == 0:
            raise StopIteration
        self.current -= 1
        return self.current + 1


def run():
    total = 0
    for n in Countdown(3):
        total += n
    return total, list(Countdown(2)), 5 in Countdown(2)
