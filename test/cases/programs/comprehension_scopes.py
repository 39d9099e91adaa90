# entry: script
# about: comprehensions at module, class and function level, and what they close over
base = 10
table = [base + i for i in range(2)]


class Grid:
    width = 2
    cells = [i for i in range(width)]
    names = {f"c{i}": i for i in range(2)}


def shifted(by):
    return [[by + base + i for i in range(2)] for _ in range(2)]


result = shifted(1)
