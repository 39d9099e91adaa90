# entry: call run(1, 2, 3, z=4)
# returns: ((2, 3, 1, 'a', 'b'), {'z': 4, 'first': 1})
# about: *args and **kwargs taken, unpacked and passed on
def inner(*args, **kwargs):
    return args, kwargs


def run(first, *rest, **named):
    both = [*rest, first]
    merged = {**named, "first": first}
    return inner(*both, *"ab", **merged)
