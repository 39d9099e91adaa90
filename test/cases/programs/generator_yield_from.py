# entry: call run()
# returns: [0, 1, 0, 'a', 'b', ['x', 'y', 'z']]
# about: delegation with yield from, its result and values sent through it
def inner(n):
    got = []
    for i in range(n):
        got.append((yield i))
    return got


def outer():
    first = yield from inner(2)
    second = yield from inner(1)
    yield from "ab"
    return first + second


def run():
    gen = outer()
    out = [next(gen)]
    try:
        for word in ("x", "y", "z", None, None, None):
            out.append(gen.send(word))
    except StopIteration as stop:
        out.append(stop.value)
    return out
