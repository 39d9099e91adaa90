# entry: call run(4)
# returns: [4, 3, 2, 1]
# about: a generator in a for loop, resumed and exhausted
def countdown(n):
    while n > 0:
        yield n
        n -= 1
    return "done"


def run(n):
    seen = []
    for value in countdown(n):
        seen.append(value)
    return seen
