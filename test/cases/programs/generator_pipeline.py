# entry: call run([3, 8, 5, 10])
# returns: 164
# about: generators that feed each other
def evens(items):
    for item in items:
        if item % 2 == 0:
            yield item


def squares(items):
    for item in items:
        yield item * item


def run(items):
    return sum(squares(evens(items)))
