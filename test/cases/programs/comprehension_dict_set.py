# entry: call run("abca")
# returns: ({'a': 3, 'b': 1, 'c': 2}, {3: 'a', 1: 'b', 2: 'c'}, [1, 2, 3])
# about: dict and set comprehensions
def run(text):
    last = {c: i for i, c in enumerate(text)}
    swapped = {i: c for c, i in last.items() if i > 0}
    sizes = {len(c * i) for c, i in last.items()}
    return last, swapped, sorted(sizes)
