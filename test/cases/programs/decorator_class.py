# entry: call run()
# returns: (10, 2)
# about: an object that decorates by __call__
class Count:
    def __init__(self, f):
        self.f = f
        self.calls = 0

    def __call__(self, *args):
        self.calls += 1
        return self.f(*args)


@Count
def twice(n):
    return n * 2


def run():
    total = twice(1) + twice(4)
    return total, twice.calls
