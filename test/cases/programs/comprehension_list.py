# entry: call run([3, -1, 4, -1, 5])
# returns: ([3, 4, 5], ['+', '-', '+', '-', '+'], [(1, -1), (3, -1)])
# about: list comprehensions with conditions and a ternary
def run(items):
    positive = [x for x in items if x > 0]
    signs = ["+" if x > 0 else "-" for x in items]
    pairs = [(i, x) for i, x in enumerate(items) if i % 2 if x > -5]
    return positive, signs, pairs
