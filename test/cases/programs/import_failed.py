# entry: call f(1)
# raises: ValueError
# about: a module body that fails before the entry is reached
def load(text):
    return int(text)


limit = load("many")


def f(n):
    return n < limit
