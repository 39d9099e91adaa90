# entry: call run()
# raises: RuntimeError
# about: StopIteration that leaks out of a generator becomes a RuntimeError
def leaky(items):
    it = iter(items)
    while True:
        yield next(it)


def run():
    total = 0
    for item in leaky([1, 2]):
        total += item
    return total
