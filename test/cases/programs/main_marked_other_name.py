# entry: main
# returns: 4
# about: a marked function that is not called main, with defaults and a decorator
def same(f):
    return f


@same
def start(n=2, *, twice=True):  # << START_OF_TRACE
    return n * 2 if twice else n


def main():
    return start(5)
